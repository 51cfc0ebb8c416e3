// Whether page one fits one sheet, of many reports in a minute: it is measured, not printed.
//
//   node sheet.mjs QUN PROFILE…
//
// Each profile in Chinese, in English and in both, on A4 and on Letter. Exits with 1
// and a line per page one that runs over; says how full the others are.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [qun, ...profiles] = process.argv.slice(2).map((path) => resolve(path));
/** What the margins of the style leave of a sheet, in pixels of CSS: 96 to an inch. */
const inches = { A4: [210 / 25.4, 297 / 25.4], Letter: [8.5, 11] };
const sheets = Object.entries(inches).map(([name, [width, height]]) => [name, (width - 26 / 25.4) * 96, (height - 26 / 25.4) * 96]);

const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.emulateMedia({ media: 'print' });
const filled = { A4: [], Letter: [] };
let over = 0;
for (const profile of profiles) {
  for (const lang of ['zh', 'en', 'zh,en']) {
    const file = join(folder, 'report.html');
    execFileSync(qun, ['advise', profile, '--format', 'html', '--lang', lang, '--output', file, '--client', 'Client 客户', '--analyst', 'Analyst', '--date', '2026-11'], { stdio: ['ignore', 'ignore', 'ignore'] });
    for (const [name, width, height] of sheets) {
      await page.setViewportSize({ width: Math.floor(width), height: 1000 });
      await page.goto(pathToFileURL(file).href);
      const bottom = await page.evaluate(() => document.querySelector('.sheet').getBoundingClientRect().bottom);
      filled[name].push(bottom / height);
      if (bottom <= height) continue;
      over += 1;
      console.error(`OVER ${profile} in ${lang} on ${name}: ${(bottom / height * 100).toFixed(0)} %`);
    }
  }
}
await browser.close();
rmSync(folder, { recursive: true });
for (const [name, parts] of Object.entries(filled)) {
  const full = parts.map((part) => Math.round(part * 100)).sort((a, b) => a - b);
  console.log(`${name}: ${full.filter((part) => part <= 100).length} of ${full.length} fit; ${full[0]} to ${full.at(-1)} % full, half of them over ${full[full.length >> 1]} %`);
}
process.exit(over ? 1 : 0);
