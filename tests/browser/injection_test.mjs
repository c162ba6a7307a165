// SPDX-License-Identifier: Apache-2.0
//
// Text that wants to be more than text: the payloads of xss_payloads.json stand wherever somebody
// can write something that a page may show, and nothing of it runs or is even tried.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {Office, ORIGIN, PEOPLE} from './ledgers.mjs';
import * as check from './page_checks.mjs';
import {PAGES, reach} from './pages.mjs';
import {inventCode, lookupTag} from './receipt_code.mjs';
import {Visitor} from './visitor.mjs';

// Gives one payload after the other, over and over; those with braces aren't for sentences, where
// braces name parameters.
class Payloads {
  constructor(list) {
    this.list = list;
    this.at = 0;
  }
  next(plain = false) {
    for (;;) {
      const payload = this.list[this.at++ % this.list.length];
      if (!plain || !/[{}]/.test(payload)) return payload;
    }
  }
  both(plain) {
    return {id: this.next(plain), en: this.next(plain)};
  }
}

// All payloads, in lists short enough to be shown whole.
function wordsOf(payloads) {
  const parts = [[]];
  for (const payload of payloads) {
    if (parts.at(-1).join('').length + payload.length > 400) parts.push([]);
    parts.at(-1).push(payload);
  }
  return Object.fromEntries(parts.map((part, at) => [`words_${at}`, part]));
}

// A definition that says a payload wherever it may say what it likes.
function hostileDefinition(text, payloads) {
  const spoil = (value, name) => {
    if (Array.isArray(value)) return value.map((item) => spoil(item, name));
    if (value === null || typeof value !== 'object') return value;
    if ('code' in value && 'en' in value) return {code: value.code, ...payloads.both()};
    if (Object.keys(value).join() === 'id,en') return payloads.both(name === 'says');
    return Object.fromEntries(Object.entries(value).map(([key, held]) => {
      if (key === 'basis' && Array.isArray(held)) return [key, [payloads.next()]];
      return [key, spoil(held, key)];
    }));
  };
  const definition = spoil(JSON.parse(text), '');
  definition.id = 'hostile';
  definition.source = payloads.next();
  const words = {type: 'list', of: {type: 'string'}};
  const names = Object.keys(wordsOf(payloads.list));
  const fields = Object.fromEntries(names.map((name) => [name, words]));
  for (const action of definition.actions) {
    if (action.type !== 'case.release') action.fields = {...action.fields, ...fields};
    action.audience = 'public';
  }
  return definition;
}

async function hostileOffice(house, documents) {
  const payloads = new Payloads(house.payloads);
  const definition = join(house.programs.work, 'hostile.json');
  const shipped = readFileSync(join(documents, 'malang-article-2024.json'), 'utf8');
  writeFileSync(definition, JSON.stringify(hostileDefinition(shipped, payloads)));
  const title = () => [payloads.next(), payloads.next()];
  return Office.found(house.programs, 'hostile', {
    name: title(),
    units: {inspektorat: title(), hukum: title()},
    people: {petugas: PEOPLE.petugas, pemeriksa: PEOPLE.pemeriksa},
    documents: [join(documents, 'id-asn.calendar.json'), definition],
  });
}

// One case, with every payload in its bodies.
async function hostileCase(office, payloads) {
  const id = await office.newCase();
  const code = inventCode();
  const words = wordsOf(payloads);
  await office.act(id, 'report.submit', ['petugas=petugas'], {
    under: 'hostile',
    seal: ['text'],
    body: {report: lookupTag(code, ORIGIN), mode: 'named', text: payloads[1], ...words},
  });
  await office.act(id, 'sidak.hold', ['inspektorat=pemeriksa'], {
    about: ['P1'],
    body: {seen_at: payloads[2], place: payloads[3], result: 'found', ...words},
  });
  await office.act(id, 'case.release', ['inspektorat=pemeriksa'],
                   {body: {parts: ['timeline', 'verdicts', ...payloads], harm_test: true}});
  return {released: id, broken: id, told: {id, code}};
}

// Everything that a payload could have left on the page that stands there.
async function traces(visitor) {
  const ran = await visitor.page.evaluate(() => window.__xss !== undefined);
  const odd = await visitor.page.evaluate(() => {
    const allowed = 'a abbr article aside b body br button caption circle code col colgroup dd desc' +
        ' details div dl dt em figcaption figure fieldset footer form g h1 h2 h3 h4 head header' +
        ' html img input kbd label legend li line link main meta nav ol optgroup option output p' +
        ' path polygon polyline pre rect section select small span strong sub summary sup svg' +
        ' table tbody td text textarea tfoot th thead time title tr tspan ul use';
    const names = new Set(allowed.split(' '));
    const found = [];
    for (const element of document.querySelectorAll('*')) {
      const name = element.localName;
      if (!names.has(name)) found.push(`element ${name}`);
      for (const attribute of element.attributes) {
        if (/^on|^style$|^srcdoc$/.test(attribute.name)) found.push(`${name} ${attribute.name}`);
        const address = /^(href|src|action|formaction|xlink:href)$/.test(attribute.name);
        const scheme = attribute.value.trim().match(/^[a-z][a-z0-9+.-]*:/i)?.[0].toLowerCase();
        if (address && scheme && !['http:', 'https:', 'data:'].includes(scheme))
          found.push(`${name} leads to ${scheme}`);
      }
      if (name === 'meta' && element.httpEquiv) found.push(`meta ${element.httpEquiv}`);
    }
    return found;
  });
  return [...(ran ? ['a payload ran'] : []), ...odd, ...await visitor.faults()];
}

// Which payloads stand on the page as the text that they are.
function shown(visitor, payloads) {
  return visitor.page.evaluate((payloads) => {
    const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
    const text = squeeze(document.documentElement.textContent + [...document.querySelectorAll(
        '[title], [alt], [aria-label], [value]')].map((element) => [...element.attributes].map(
            (attribute) => attribute.value).join(' ')).join(' '));
    // Characters that control are shown by some sign of theirs.
    const pieces = (payload) => payload.split(/[\u0000-\u001f]/).map(squeeze);
    return payloads.filter((payload) => pieces(payload).every((piece) => text.includes(piece)));
  }, payloads);
}

// An answer that is no page can't run anything where media types aren't guessed; a page is looked at.
async function ask(visitor, url) {
  const told = (await visitor.page.request.get(url)).headers();
  if (told['content-type'].startsWith('text/html')) {
    await visitor.visit(url);
    return traces(visitor);
  }
  const json = /^application\/(problem\+)?json$/.test(told['content-type']);
  const fixed = json && told['x-content-type-options'] === 'nosniff';
  return fixed ? [] : [`${url} is ${told['content-type']}, which may be taken for a page`];
}

// `documents`: the folder of the shipped ones.
export function injectionTests(house, documents) {
  let visitor, office, liar;
  const seen = new Set();
  before(async () => {
    house.payloads = JSON.parse(readFileSync(new URL('xss_payloads.json', import.meta.url)));
    office = await hostileOffice(house, documents);
    liar = await hostileCase(office, house.payloads);
    visitor = await Visitor.arrive(house.browser);
  });
  after(() => visitor?.leave());

  test('there are sixty payloads, each another', () => {
    assert.ok(new Set(house.payloads).size >= 60);
  });
  // The same pages, of the ledger in which everybody lies.
  for (const row of PAGES.filter((each) => each.world === 'office' && !each.status)) {
    test(`${row.name} shows payloads as text`, async () => {
      const world = {...house, office: {ledger: office.ledger, ...liar}};
      for (const lang of ['id', 'en']) {
        await reach(visitor, row, world, lang);
        for (const payload of await shown(visitor, house.payloads)) seen.add(payload);
        check.none(await traces(visitor));
      }
    });
  }
  test('payloads in addresses are not repeated as markup', async () => {
    visitor.refused = [400, 404, 405];
    for (const payload of house.payloads) {
      const text = encodeURIComponent(payload);
      const query = `stage=${text}&unit=${text}&rule=${text}&cursor=${text}`;
      for (const path of [`/?lang=${text}`, `/cases?${query}`, `/cases/${text}`]) {
        check.none(await ask(visitor, new URL(office.ledger.oversight).origin + path));
      }
    }
  });
  test('every payload was shown somewhere', () => {
    assert.deepEqual(house.payloads.filter((payload) => !seen.has(payload)), []);
  });
}
