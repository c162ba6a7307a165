// SPDX-License-Identifier: Apache-2.0
//
// The one table of pages. A page that isn't in it isn't tested; add a row with the page.
//
//   name     of screenshots and tests
//   world    whose ledger: demo (public entries) or office (restricted)
//   listener url (public) or oversight
//   path     from the root, or a function of the worlds
//   title    what the document's title holds
//   sheets   at most so many on paper (default 3)
//   post     the form that leads there: {selector: text}, sent by Enter in the last field
export const PAGES = [
  {name: 'start-demo', world: 'demo', listener: 'url', path: '/', title: 'Jejak'},
  {name: 'start', world: 'office', listener: 'url', path: '/', title: 'Jejak'},
];

export const LANGUAGES = ['id', 'en'];
export const WIDTHS = [320, 1280];

export function address(row, worlds, lang) {
  const path = typeof row.path === 'function' ? row.path(worlds) : row.path;
  const url = new URL(path, new URL(worlds[row.world].ledger[row.listener]).origin);
  url.searchParams.set('lang', lang);
  return url.href;
}
