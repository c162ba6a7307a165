// SPDX-License-Identifier: Apache-2.0
//
// Every page of the table, in both languages, on a phone and on a desk: read by axe-core, walked
// through by keyboard, printed, and watched for anything that it should not do.
import {test} from 'node:test';

import * as check from './page_checks.mjs';
import {LANGUAGES, PAGES, reach, WIDTHS} from './pages.mjs';
import {Visitor} from './visitor.mjs';

export function pageTests(house) {
  for (const row of PAGES) {
    for (const lang of LANGUAGES) {
      for (const width of WIDTHS) {
        test(`${row.name}, ${lang}, ${width} px`, () => look(house, row, lang, width));
      }
    }
  }
}

function titleOf({title}, lang) {
  return Array.isArray(title) ? title[LANGUAGES.indexOf(lang)] : title;
}

async function look(house, row, lang, width) {
  const visitor = await Visitor.arrive(house.browser, {width, lang});
  const {page} = visitor;
  try {
    const answer = await reach(visitor, row, house, lang);
    const file = `${house.screenshots}/${row.name}-${lang}-${width}`;
    await page.screenshot({path: `${file}.png`, fullPage: true, caret: 'initial'});
    const faults = [
      ...await check.headers(answer, await answer.body(), row.status),
      ...await check.document(page, {lang, title: titleOf(row, lang)}),
      ...await check.reflow(page),
      ...await check.targets(page),
      ...await check.accessibility(page),
      ...await check.keyboard(page),
      ...await check.skipLink(page),
    ];
    if (width === WIDTHS.at(-1)) {
      faults.push(...await check.contrastInTheDark(page));
      faults.push(...await check.paper(page, {sheets: row.sheets, file: `${file}.pdf`}));
      faults.push(...await deadLinks(house, page, lang));
    }
    faults.push(...await visitor.faults());
    check.none(faults);
  } finally {
    await visitor.leave();
  }
}

// Every link leads somewhere, and those of the navigation keep the language.
async function deadLinks(house, page, lang) {
  const faults = [];
  for (const href of await check.links(page)) {
    if (house.followed.has(href)) continue;
    house.followed.add(href);
    const answer = await page.request.get(href);
    if (answer.status() !== 200) faults.push(`${href} answers ${answer.status()}`);
  }
  for (const href of await check.links(page, 'header nav')) {
    const text = await (await page.request.get(href)).text();
    if (!text.includes(`<html lang="${lang}"`)) faults.push(`${href} changes the language`);
  }
  return faults;
}
