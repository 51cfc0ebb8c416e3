// The facts of the JSON that a report has to hold.

/** A text without blanks and with every letter in its plain form: PDFs have ligatures and radicals. */
export const plain = (text) => text.normalize('NFKC').replace(/\s+/g, '');

const signed = (points) => `${points > 0 ? '+' : ''}${points}`;

/** Every text that a reader of the report, or of the comparison, must find, in these languages. */
export function factsOf(result, langs) {
  const found = [];
  const both = (text) => text && langs.forEach((lang) => found.push(text[lang]));
  if (result.steps) return [...langs.flatMap((lang) => textsOf(result.document[lang])), result.kb.version, result.kb.hash].filter((text) => text);
  for (const action of result.plan.actions) [action.what, action.sign, action['give-up'], action.about.name].forEach(both);
  const near = result.law.rules.filter((rule) => rule.stands === 'informs');
  for (const rule of near) [rule.name, rule.asks, rule.article].forEach(both);
  for (const decision of Object.values(result.decisions)) {
    if (!decision.chosen) continue;
    for (const one of decision.ranked) { both(one.name); found.push(signed(one.points)); }
    const chosen = decision.ranked.filter((one) => decision.chosen.includes(one.id));
    for (const one of chosen) one.evidence.filter((line) => line.truth === 'yes').forEach((line) => both(line.trait));
  }
  for (const group of ['stop', 'keep', 'mend', 'drop', 'open', 'confirm', 'later']) {
    for (const one of result.decisions.channel?.ranked ?? []) if (one.group === group) { both(one.name); found.push(signed(one.points)); }
  }
  for (const answer of result.answers ?? []) { both(answer.question); both(answer.words); }
  for (const one of result.forecast?.streams ?? []) both(one.name);
  for (const lang of langs) found.push(...textsOf(result.document[lang]));
  found.push(result.kb.version, result.kb.hash);
  return found.filter((text) => text);
}

/** Every text of a document. Of sources the titles, since an address may be shown shortened and
 *  a title as the number of its note; of a receipt not its languages, which are those of its format. */
function textsOf(document) {
  const blocks = document.screen.concat(document.parts.flatMap((part) => part.sections.flatMap((section) => section.blocks)));
  const headings = document.parts.flatMap((part) => [part.heading].concat(part.sections.map((section) => section.heading)));
  return headings.concat(blocks.flatMap((block) => {
    const rows = (block.rows ?? []).concat(block.heads ? [block.heads] : []).flat();
    const items = (block.items ?? []).map((item) => item.title ?? item);
    const cells = rows.flatMap((cell) => cell.split(/；|; /));
    const lines = block.kind === 'verbatim' ? block.text.split('\n').filter((line) => !line.startsWith('lang = ')) : [block.text];
    return [block.label, block.title, block.about, ...lines, ...items, ...cells];
  }));
}
