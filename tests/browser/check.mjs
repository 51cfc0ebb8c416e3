// Reports in a real browser: what no test of the program can see.
//
//   node check.mjs QUN OUT [PART…]
//
// QUN is the program, OUT a folder for pictures and PDFs. Exits with 1 and a line
// per fault. `.ci/run` installs what this needs: chromium, fonts-noto-cjk,
// poppler-utils, and the packages of package.json.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { marksApart } from './light.mjs';
import { factsOf, plain } from './facts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const [qun, out] = [resolve(process.argv[2]), resolve(process.argv[3])];
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
mkdirSync(out, { recursive: true });

const faults = [];
const fault = (report, text) => { faults.push(`${report}: ${text}`); console.error(`FAULT ${report}: ${text}`); };

/** Reports on three small trades and five known names; comparisons over time, of two and of five. */
const profiles = [
  ...readdirSync(join(here, 'profiles')).sort().map((name) => join(here, 'profiles', name)),
  ...['heima', 'kaishu', 'luoji-siwei', 'shidian-dushu', 'xiaomi-miui'].map((name) => join(root, 'examples', `${name}.toml`)),
];
const known = (...names) => names.map((name) => join(root, 'examples', `${name}.toml`));
const asked = [
  ...profiles.map((profile) => ({ called: profile.split('/').pop().replace('.toml', ''), args: ['advise', profile] })),
  { called: 'compare-review', args: ['compare', ...['spring', 'autumn'].map((name) => join(here, 'review', `${name}.toml`))] },
  { called: 'compare-two', args: ['compare', ...known('xiaomi-miui', 'luoji-siwei')] },
  { called: 'compare-five', args: ['compare', ...profiles.slice(0, 3), ...known('xiaomi-miui', 'heima')] },
];
const only = process.env.ONLY?.split(' ');
const wants = (called) => !only || only.some((name) => called.includes(name));
/** Each in Chinese, in English and in both. */
const cases = asked.filter(({ called }) => wants(called)).flatMap(({ called, args }) => ['zh', 'en', 'zh,en'].map((lang) => {
  const name = `${called}-${lang.replace(',', '-')}`;
  return { name, args, lang, file: join(out, `${name}.html`) };
}));

const say = (...args) => execFileSync(qun, args, { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: 'C' } });

/** A page of its own. */
async function visit(browser, file, options, act) {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => { if (!/^(file|data):/.test(request.url())) complaints.push(`asks for ${request.url()}`); });
  await page.goto(pathToFileURL(file).href);
  const found = await act(page);
  await context.close();
  return { found, complaints };
}

/** Everything that is closed until somebody opens it, opened. */
const open = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));

const shot = (page) => page.screenshot({ fullPage: true, animations: 'disabled' });

/** Whether two pictures have the same pixels. */
function same(one, other) {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  return a.width === b.width && a.height === b.height && a.data.equals(b.data);
}

async function scripts({ name, file }, browser) {
  const look = (javaScriptEnabled) => visit(browser, file, { viewport: { width: 1100, height: 900 }, javaScriptEnabled }, shot);
  const [on, off] = [await look(true), await look(false)];
  if (!same(on.found, off.found)) fault(name, 'it looks otherwise without scripts');
  for (const text of [...on.complaints, ...off.complaints]) fault(name, `the browser complains: ${text}`);
  writeFileSync(join(out, `${name}-desktop.png`), off.found);
}

/** At a phone's width, and at twice the size on a small screen: nothing sideways, no text upon text. */
async function widths({ name, file }, browser) {
  for (const width of [360, 640]) {
    const { found } = await visit(browser, file, { viewport: { width, height: 760 } }, async (page) => {
      const picture = await shot(page);
      if (width === 360) writeFileSync(join(out, `${name}-phone.png`), picture);
      await open(page);
      return page.evaluate((most) => {
        const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > most + 0.5);
        const upon = [];
        for (const svg of document.querySelectorAll('svg')) {
          const boxes = [...svg.querySelectorAll('text')].map((text) => ({ box: text.getBoundingClientRect(), text: text.textContent }));
          boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
            const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            if (across > 1 && down > 3) upon.push(`${a.text} / ${b.text}`);
          }));
        }
        return { scroll: document.documentElement.scrollWidth, wide: wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 80)), upon: upon.slice(0, 3) };
      }, width);
    });
    if (found.scroll > width) fault(name, `scrolls sideways at ${width}: ${found.scroll}, ${found.wide.join(' ')}`);
    else if (found.wide.length) fault(name, `leaves the page at ${width}: ${found.wide.join(' ')}`);
    for (const text of found.upon) fault(name, `text upon text at ${width}: ${text}`);
  }
}

async function dark({ name, file }, browser) {
  const { found } = await visit(browser, file, { viewport: { width: 1100, height: 900 }, colorScheme: 'dark' }, shot);
  writeFileSync(join(out, `${name}-dark.png`), found);
}

/** axe-core has nothing to say, on light and on dark screens. */
async function accessible({ name, file }, browser) {
  for (const colorScheme of ['light', 'dark']) {
    const { found } = await visit(browser, file, { viewport: { width: 1100, height: 900 }, colorScheme, bypassCSP: true }, async (page) => {
      await page.evaluate(axe);
      await open(page);
      return page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    });
    for (const one of found.violations) {
      const where = one.nodes.slice(0, 2).map((node) => `${node.html.slice(0, 90)} ${node.failureSummary?.split('\n')[1] ?? ''}`);
      fault(name, `axe, ${colorScheme}: ${one.id}: ${where.join(' | ')}`);
    }
  }
}

/** Neighbouring marks differ in lightness, also without colour and for the colour-blind. */
async function marks({ name, file }, browser) {
  for (const [colorScheme, media] of [['light', 'screen'], ['dark', 'screen'], ['dark', 'print']]) {
    const { found } = await visit(browser, file, { viewport: { width: 1100, height: 900 }, colorScheme }, async (page) => {
      await page.emulateMedia({ media, colorScheme });
      return page.evaluate(() => Object.fromEntries(['m1', 'm2', 'm3', 'm4'].map((mark) => {
        const one = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
        one.setAttribute('class', mark);
        document.querySelector('svg').append(one);
        const { fill, stroke, strokeWidth } = getComputedStyle(one);
        return [mark, { fill, stroke, strokeWidth: parseFloat(strokeWidth) }];
      }).concat([['paper', { fill: getComputedStyle(document.body).backgroundColor }]])));
    });
    for (const text of marksApart(found)) fault(name, `${colorScheme} ${media}: ${text}`);
    if (media === 'print' && found.paper.fill !== 'rgb(255, 255, 255)') fault(name, `paper is ${found.paper.fill}`);
  }
}

/** On paper: page one is the summary, what belongs together stays together, and every fact is there. */
async function paper({ name, file, args, lang }, browser) {
  for (const format of ['A4', 'Letter']) {
    const pdf = join(out, `${name}-${format}.pdf`);
    const { found } = await visit(browser, file, { colorScheme: 'dark' }, async (page) => {
      const unsplit = await page.evaluate(() => {
        // What is printed of an element: the numbers of its lists, and of a drawing its words.
        const text = (one) => {
          if (one.tagName === 'svg') return [...one.querySelectorAll('text')].map((word) => word.textContent).join('');
          const copy = one.cloneNode(true);
          for (const list of copy.querySelectorAll('ol')) [...list.children].forEach((item, at) => item.prepend(`${at + 1}.`));
          return copy.textContent;
        };
        const printed = (selector) => [...document.querySelectorAll(selector)];
        const pieces = printed('tr, li, dl > div, svg').map(text);
        const heads = printed('h2, h3, h4, figcaption').map((one) => {
          const next = one.nextElementSibling?.matches('details') ? one.nextElementSibling.nextElementSibling : one.nextElementSibling;
          const line = next?.querySelector('tr, li, dt, figcaption, p, h3, h4, text') ?? next;
          const mark = line?.parentElement.tagName === 'OL' ? '1.' : '';
          return text(one) + (next?.tagName === 'DIV' || !line ? '' : mark + text(line).slice(0, 12));
        });
        // The heading alone stands in the contents, too.
        const first = document.querySelector('#summary + section h2');
        const behind = first.nextElementSibling.querySelector('th, dt, li, p, strong') ?? first.nextElementSibling;
        return { pieces: pieces.concat(heads), summary: text(document.querySelector('#summary .lead')), first: text(first) + text(behind).slice(0, 12) };
      });
      await page.pdf({ path: pdf, format, preferCSSPageSize: false });
      return unsplit;
    });
    // Without the numbers of the pages, which stand at the end of each.
    const pages = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
      .split('\f').map((page) => plain(page.replace(/\n\d+ \/ \d+\s*$/, ''))).filter((text) => text);
    const holds = (page, text) => pages[page]?.includes(plain(text));
    if (!holds(0, found.summary)) fault(name, `${format}: page one lacks the summary`);
    if (!holds(1, found.first)) fault(name, `${format}: page two does not begin with the first part`);
    if (holds(0, found.first)) fault(name, `${format}: page one holds more than the summary`);
    const split = found.pieces.map(plain).filter((text) => text && !pages.some((page) => page.includes(text)));
    for (const text of split.slice(0, 4)) fault(name, `${format}: split or missing: ${text.slice(0, 60)}`);
    const whole = pages.join('');
    const result = JSON.parse(say(...args, '--format', 'json'));
    const missing = factsOf(result, lang.split(',')).filter((text) => !whole.includes(plain(text)));
    for (const text of missing.slice(0, 4)) fault(name, `${format}: a fact of the JSON is missing: ${text.slice(0, 60)}`);
    if (format === 'A4') execFileSync('pdftoppm', ['-r', '50', '-png', pdf, join(out, `${name}-page`)]);
  }
}

const all = { scripts, widths, dark, accessible, marks, paper };
const wanted = process.argv.slice(4);
const parts = Object.entries(all).filter(([part]) => wanted.length === 0 || wanted.includes(part));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--hide-scrollbars'],
});
/** One report, through every part. */
async function look(one) {
  say(...one.args, '--format', 'html', '--lang', one.lang, '--output', one.file, '--client', 'Client 客户', '--analyst', 'Analyst', '--date', '2026-11');
  const size = readFileSync(one.file).length;
  if (size > 250_000) fault(one.name, `${size} bytes`);
  for (const [, check] of parts) await check(one, browser);
}
// Two at a time: while one is printed, the other is painted.
const waiting = [...cases];
const work = async () => { for (let one = waiting.shift(); one; one = waiting.shift()) await look(one); };
await Promise.all([work(), work()]);
await browser.close();
console.log(`${cases.length} reports, ${parts.map(([part]) => part).join(', ')}: ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
