// SPDX-License-Identifier: Apache-2.0
//
// What must hold of every page. Each check gives the list of faults that it finds, in words; an
// empty list is a pass. page_checks_test.mjs shows each of them finding what was planted.
import assert from 'node:assert/strict';

import axe from 'axe-core';

export const PAGE_BYTES = 50 * 1000;
const TARGET_PX = 44;

// Fails the test that called it, with the faults as its only words.
export function none(faults) {
  if (faults.length > 0) throw new assert.AssertionError({message: `\n${faults.join('\n')}`});
}

// Elements that Tab must reach, in the order of the document. A group of radio buttons is one stop.
const STOPS = `a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]`;

// Every rule of axe-core, best practices and target size included; each node is a fault. Of what
// passes axe would describe every node too, which on a long table takes longer than all rules.
export async function accessibility(page, only) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (rules) => {
    const options = {
      resultTypes: ['violations'],
      ...(rules ? {runOnly: {type: 'rule', values: rules}} : {rules: {'target-size': {enabled: true}}}),
    };
    return (await window.axe.run(document, options)).violations;
  }, only);
  return violations.flatMap((rule) => rule.nodes.map(
      (node) => `axe ${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

export async function contrastInTheDark(page) {
  await page.emulateMedia({colorScheme: 'dark'});
  const faults = await accessibility(page, ['color-contrast']);
  await page.emulateMedia({colorScheme: null});
  return faults.map((fault) => `in the dark: ${fault}`);
}

// What a document says of itself, and what no page of ours holds.
export function document(page, {lang, title}) {
  return page.evaluate(({lang, title}) => {
    const faults = [];
    const all = (selector) => [...window.document.querySelectorAll(selector)];
    const is = (held, fault) => held || faults.push(fault);
    is(window.document.documentElement.lang === lang,
       `lang is ${window.document.documentElement.lang}, not ${lang}`);
    is(window.document.doctype?.name === 'html', 'no doctype');
    is(window.document.title.includes(title), `title "${window.document.title}" lacks ${title}`);
    is(all('h1').length === 1, `${all('h1').length} h1`);
    is(all('main').length === 1, `${all('main').length} main`);
    is(all('meta[name=viewport]').length === 1, 'no viewport');
    is(all('script, iframe, object, embed, base, style').length === 0, 'an element that may not be');
    for (const element of all('*')) {
      for (const {name} of element.attributes) {
        is(!name.startsWith('on') && name !== 'style', `${element.localName} has ${name}`);
      }
    }
    for (const time of all('time')) {
      const told = time.getAttribute('datetime') ?? '';
      is(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(told),
         `time ${time.textContent.trim()} is told as "${told}"`);
    }
    is(localStorage.length === 0 && sessionStorage.length === 0, 'storage is used');
    return faults;
  }, {lang, title});
}

export async function headers(answer, body, status = 200) {
  const faults = [];
  const is = (held, fault) => held || faults.push(fault);
  const told = await answer.allHeaders();
  const policy = told['content-security-policy'] ?? '';
  is(answer.status() === status, `status ${answer.status()}`);
  is(policy.includes(`default-src 'none'`) && policy.includes(`frame-ancestors 'none'`) &&
         policy.includes(`base-uri 'none'`) && !/unsafe|https?:|\*/.test(policy),
     `policy "${policy}"`);
  is(told['referrer-policy'] === 'no-referrer', `referrer policy ${told['referrer-policy']}`);
  is(told['x-content-type-options'] === 'nosniff', 'media types may be guessed');
  is(told['content-type'] === 'text/html; charset=utf-8', `media type ${told['content-type']}`);
  is(!('set-cookie' in told), 'sets a cookie');
  is(body.length < PAGE_BYTES, `${body.length} bytes`);
  return faults;
}

// At 320 px a page scrolls in one direction only.
export function reflow(page) {
  return page.evaluate(() => {
    const wide = window.document.documentElement.scrollWidth;
    if (wide <= innerWidth) return [];
    const reach = (element) => element.getBoundingClientRect().right;
    const widest = [...window.document.body.querySelectorAll('*')].reduce(
        (most, element) => reach(element) > reach(most) ? element : most);
    return [`${wide} px wide in ${innerWidth}: ${widest.outerHTML.slice(0, 120)}`];
  });
}

// A control is 44 px high and wide. A link within a sentence is as high as its line; links in tables
// and references to a place on the page are as large as axe-core's target-size wants (24 px, or as
// far apart); a box that has a label is as large as the label.
export function targets(page) {
  return page.evaluate(({stops, least}) => {
    const faults = [];
    for (const element of window.document.querySelectorAll(stops)) {
      if (!element.checkVisibility() || element.matches('[tabindex]:not(a, button, input)')) continue;
      const text = element.textContent.trim();
      const sentence = element.localName === 'a' &&
          getComputedStyle(element).display === 'inline' &&
          element.parentElement.textContent.trim().length > text.length;
      if (sentence || element.matches('.skip, td a, th a, a[href^="#"]')) continue;
      const large = element.matches('[type=radio], [type=checkbox]') && element.labels.length > 0 ?
          element.labels[0] : element;
      const {width, height} = large.getBoundingClientRect();
      if (height < least - 0.5 || width < least - 0.5) {
        faults.push(`${Math.round(width)} x ${Math.round(height)} px: ` +
                    element.outerHTML.slice(0, 120));
      }
    }
    return faults;
  }, {stops: STOPS, least: TARGET_PX});
}

// The next Tab goes to the first stop: the focus was last on something before it.
function startAtTheTop(page) {
  return page.evaluate(() => {
    const start = window.document.createElement('span');
    start.tabIndex = -1;
    window.document.body.prepend(start);
    start.focus();
    start.remove();
    scrollTo(0, 0);
  });
}

// Marks each stop with its place, so that the way of Tab can be told. Of rows that are made alike
// (the same elements with the same classes, in the same place of the page) the first two are walked,
// and what follows them; the others can only repeat what these show, and are jumped over. Gives the
// places that are walked, and how many stops there are.
function numberStops(page) {
  return page.evaluate((stops) => {
    const groups = new Set();
    const alike = new Map();  // how a row is made -> rows
    const make = (element) => `${element.localName}.${element.className}:${element.tabIndex}`;
    const way = (element) => element ? `${way(element.parentElement)}>${make(element)}` : '';
    const repeats = (element) => {
      const row = element.closest('tr, li');
      if (!row) return false;
      const made = way(row) + [...row.querySelectorAll(stops)].map(way).join();
      if (!alike.has(made)) alike.set(made, new Set());
      const rows = alike.get(made).add(row);
      return [...rows].indexOf(row) >= 2;
    };
    const walked = [];
    let count = 0;
    window.__stops = [];
    for (const element of window.document.querySelectorAll(stops)) {
      if (!element.checkVisibility() || element.disabled || element.tabIndex < 0) continue;
      if (element.type === 'radio') {
        if (groups.has(element.name)) continue;
        groups.add(element.name);
      }
      window.__stops.push(element);
      if (!repeats(element)) walked.push(count);
      count++;
    }
    return {walked, count};
  }, STOPS);
}

// What is before that place is where the next Tab goes on from.
function jump(page, place) {
  return page.evaluate((place) => window.__stops[place - 1].focus(), place);
}

// Where the focus is: the place of the stop (-1: elsewhere, null: nowhere) and what hides it.
function focus(page) {
  return page.evaluate(() => {
    const element = window.document.activeElement;
    if (!element || element === window.document.body) return {place: null, faults: []};
    const place = window.__stops.findIndex((stop) => stop === element ||
        (stop.type === 'radio' && element.type === 'radio' && stop.name === element.name));
    const faults = [];
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    const shown = element.outerHTML.slice(0, 100);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 1) faults.push(`no outline: ${shown}`);
    const box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.y + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
    const top = window.document.elementFromPoint(x, y);
    const hit = top && (element.contains(top) || top.contains(element));
    if (!hit && element.getClientRects().length === 1) faults.push(`is hidden: ${shown}`);
    return {place, faults};
  });
}

// Tab alone goes through all links and controls, in their order, and one sees where it is.
export async function keyboard(page) {
  const {walked, count} = await numberStops(page);
  await startAtTheTop(page);
  const way = [];
  const faults = [];
  for (let press = 0; press < 2 * count + 20 && way.length < walked.length; press++) {
    const next = walked[way.length];
    if (way.length > 0 && next > way.at(-1) + 1) await jump(page, next);
    await page.keyboard.press('Tab');
    const now = await focus(page);
    faults.push(...now.faults);
    if (now.place === null) break;
    if (now.place >= 0 && way.at(-1) !== now.place) way.push(now.place);
  }
  if (way.length !== walked.length || way.some((place, at) => place !== walked[at])) {
    faults.push(`Tab goes ${way} through ${count} stops`);
  }
  return faults;
}

// The first stop leads past the navigation, and is seen once it is reached.
export async function skipLink(page) {
  await startAtTheTop(page);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const link = window.document.activeElement;
    const href = link.getAttribute('href') ?? '';
    const {x, y, width, height} = link.getBoundingClientRect();
    const seen = x >= 0 && y >= 0 && width > 20 && height > 10;
    return {href, seen, target: href.startsWith('#') && !!window.document.querySelector(href)};
  });
  if (!first.target) return [`the first stop is no skip link: "${first.href}"`];
  if (!first.seen) return ['the skip link stays out of sight'];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  return page.evaluate((href) => {
    const target = window.document.querySelector(href);
    const now = window.document.activeElement;
    if (now === window.document.body) return [];  // nothing follows that takes the focus
    const after = target === now || target.contains(now) ||
        (target.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
    return after ? [] : [`after the skip link Tab is at ${now.outerHTML.slice(0, 100)}`];
  }, first.href);
}

// How many pages a PDF has.
export function sheetsOf(pdf) {
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}

// On paper: some pages, not many, and nothing that only a screen can use.
export async function paper(page, {sheets = 3, file} = {}) {
  const pdf = await page.pdf({format: 'A4', path: file});
  const count = sheetsOf(pdf);
  const faults = count >= 1 && count <= sheets ? [] : [`${count} sheets, at most ${sheets}`];
  await page.emulateMedia({media: 'print'});
  const shown = await page.evaluate(() => [...window.document.querySelectorAll('nav, .skip, button')]
                                              .filter((element) => element.checkVisibility())
                                              .map((element) => element.outerHTML.slice(0, 80)));
  await page.emulateMedia({media: null});
  return [...faults, ...shown.map((text) => `printed: ${text}`)];
}

// Same-origin links, each once, without fragments.
export function links(page, within = 'body') {
  return page.evaluate((within) => {
    const hrefs = [...window.document.querySelectorAll(`${within} a[href]`)]
        .map((link) => link.href.split('#')[0])
        .filter((href) => new URL(href).origin === location.origin);
    return [...new Set(hrefs)];
  }, within);
}
