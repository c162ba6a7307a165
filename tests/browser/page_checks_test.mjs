// SPDX-License-Identifier: Apache-2.0
//
// Each check of page_checks.mjs finds what was planted in a page, and nothing in the sound one.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import * as check from './page_checks.mjs';
import {Visitor} from './visitor.mjs';

const STYLE = `a, button, input {display: inline-block; min-width: 44px; min-height: 44px; line-height: 44px}
  .skip {position: absolute; left: -999px} .skip:focus {left: 0}
  :focus-visible {outline: 3px solid}
  @media print {nav, .skip, button {display: none}}`;

// A sound page with `change` made to its text.
function planted(change = (text) => text) {
  return change(`<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Jejak</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><a class="skip" href="#isi">Lewati</a><header><nav aria-label="Menu"><a href="/dua">Dua</a></nav></header>
<main id="isi" tabindex="-1"><h1>Satu</h1><p>Isi</p>
<form><label for="k">Kode</label><input id="k" autocomplete="off"><button>Lihat</button></form>
<time datetime="2026-06-19T09:30:00+07:00">19 Juni</time></main></body></html>`);
}

const replace = (from, to) => (text) => text.replace(from, to);
const style = (rule) => replace('</head>', `<style>${rule}</style></head>`);
const facts = (page) => check.document(page, {lang: 'id', title: 'Jejak'});

// Eight rows with a link each; that of the sixth has something of its own.
const list = (own) => '<style>.bare:focus-visible {outline: none}</style><ul>' +
    [0, 1, 2, 3, 4, 5, 6, 7].map((row) => `<li><a ${row === 5 ? own : ''} href="/${row}">Baris ${row}</a></li>`)
        .join('') + '</ul>';

// What is planted, and which check must find it in which words.
const PLANTS = [
  ['a wrong language', replace('lang="id"', 'lang="en"'), facts, /lang is en/],
  ['no title', replace('<title>Jejak', '<title>Lain'), facts, /lacks Jejak/],
  ['two h1', replace('<p>Isi</p>', '<h1>Dua</h1>'), facts, /2 h1/],
  ['a script', replace('<p>', '<script></script><p>'), facts, /may not be/],
  ['a handler', replace('<p>', '<p onclick="">'), facts, /p has onclick/],
  ['a style attribute', replace('<p>', '<p style="">'), facts, /p has style/],
  ['a time without zone', replace('+07:00', ''), facts, /is told as/],
  ['an unlabelled field', replace(/<label.*label>/, ''), check.accessibility, /axe label/],
  ['pale text', style('p {color: #bbb}'), check.accessibility, /axe color-contrast/],
  ['pale text in the dark', style('@media (prefers-color-scheme: dark) {p {color: #bbb}}'),
   check.contrastInTheDark, /in the dark: axe color-contrast/],
  ['a wide box', style('p {width: 900px}'), check.reflow, /900|px wide in 320/],
  ['a small button', style('button {min-height: 20px; line-height: 1; padding: 0}'), check.targets,
   /px: <button/],
  ['a trap', replace('<button>', '<button tabindex="5">'), check.keyboard, /Tab goes 0,1,2 through 4/],
  ['a trap in a long list', replace('<p>Isi</p>', list('tabindex="5"')), check.keyboard,
   /Tab goes 0,1,2,3,8/],
  ['a row of a long list that is made otherwise', replace('<p>Isi</p>', list('class="bare"')),
   check.keyboard, /no outline: <a class="bare"/],
  ['no outline', style(':focus-visible {outline: none}'), check.keyboard, /no outline/],
  ['a cover', style('main::before {content: ""; position: fixed; inset: 0; background: #fff}'),
   check.keyboard, /is hidden/],
  ['no skip link', replace(/<a class="skip".*?a>/, ''), check.skipLink, /no skip link/],
  ['a skip link out of sight', style('.skip:focus {left: -999px}'), check.skipLink, /out of sight/],
  ['a menu on paper', style('@media print {nav {display: block !important}}'), check.paper,
   /printed: <nav/],
  ['many sheets', style('p {height: 99cm}'), check.paper, /sheets, at most/],
];

// One visitor sees all of them: what its origin serves is what was planted last.
class Garden {
  static async open(house) {
    const garden = new Garden();
    garden.visitor = await Visitor.arrive(house.browser, {width: 320});
    garden.page = garden.visitor.page;
    await garden.page.route('http://jejak.test/**', (route) => garden.#serve(route));
    return garden;
  }

  #serve(route) {
    const sheet = route.request().url().endsWith('.css');
    return route.fulfill({
      contentType: sheet ? 'text/css' : 'text/html; charset=utf-8',
      headers: sheet ? {} : this.headers,
      body: sheet ? STYLE : this.text,
    });
  }

  async show(text, headers = {}) {
    this.text = text;
    this.headers = headers;
    await this.visitor.context.clearCookies();
    await this.visitor.faults();
    return this.visitor.visit('http://jejak.test/');
  }
}

const POLICY = {
  'content-security-policy': `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

// What a page may try, and what is written down of it.
const TRIES = [
  ['a console', '<script>console.log(1)</script>', /console: 1/],
  ['a dialog', '<script>alert(2)</script>', /dialog: 2/],
  ['an error', '<script>throw Error("three")</script>', /error: three/],
  ['a foreign picture', '<img alt="" src="http://elsewhere.test/x">', /request: http:\/\/elsewhere/],
  ['a cookie', '<script>document.cookie = "a=b"</script>', /cookie: a/],
  ['what the policy forbids', '<script>alert(2)</script>', /violation: script-src/, POLICY],
];

export function checkTests(house) {
  let garden;
  before(async () => (garden = await Garden.open(house)));
  after(() => garden.visitor.leave());

  test('a sound page passes every check', async () => {
    const answer = await garden.show(planted(), POLICY);
    const {page} = garden;
    const faults = [
      ...await check.headers(answer, await answer.body()), ...await facts(page), ...await check.reflow(page),
      ...await check.targets(page), ...await check.accessibility(page), ...await check.keyboard(page),
      ...await check.skipLink(page), ...await check.contrastInTheDark(page), ...await check.paper(page),
      ...await garden.visitor.faults(),
    ];
    check.none(faults);
  });
  for (const [what, change, find, words] of PLANTS) {
    test(`a check finds ${what}`, async () => {
      assert.notEqual(planted(change), planted());
      await garden.show(planted(change));
      assert.match((await find(garden.page)).join('\n'), words);
    });
  }
  for (const [what, element, words, headers] of TRIES) {
    test(`a visitor notices ${what}`, async () => {
      await garden.show(planted(replace('<p>', `${element}<p>`)), headers);
      await garden.page.waitForTimeout(50);
      assert.match((await garden.visitor.faults()).join('\n'), words);
    });
  }
  test('headers that are missing are named', async () => {
    const answer = await garden.show(planted());
    const told = {...await answer.allHeaders(), 'set-cookie': 'a=b'};
    const bare = {status: () => 200, allHeaders: async () => told};
    const faults = await check.headers(bare, 'x'.repeat(check.PAGE_BYTES));
    assert.match(faults.join('\n'), /policy.*referrer.*guessed.*a cookie.*50000 bytes/s);
  });
}
