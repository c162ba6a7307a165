// SPDX-License-Identifier: Apache-2.0
//
// The one table of pages. A page that isn't in it isn't tested; add a row with the page.
//
//   name     of screenshots and tests
//   world    whose ledger: demo (public entries) or office (restricted)
//   listener url (public) or oversight
//   path     from the root, or a function of the worlds
//   title    what the document's title holds, in both languages or in each
//   sheets   at most so many on paper (default 3)
//   post     the form that leads there: of the worlds, {selector: text}; sent by Enter in the last
//   status   of the answer (default 200)
import {inventCode} from './receipt_code.mjs';

export const PAGES = [
  {name: 'start-demo', world: 'demo', listener: 'url', path: '/', title: 'Jejak'},
  {name: 'start', world: 'office', listener: 'url', path: '/', title: 'Jejak'},
  {name: 'status', world: 'office', listener: 'url', path: '/status', title: 'Status'},
  {
    name: 'status-told', world: 'office', listener: 'url', path: '/status', title: 'Status',
    post: ({office}) => ({'input[name=code]': office.told.code}),
  },
  {
    name: 'status-refused', world: 'office', listener: 'url', path: '/status', title: 'Status',
    post: () => ({'input[name=code]': inventCode()}), status: 404,
  },
  {
    name: 'cases-demo', world: 'demo', listener: 'oversight',
    path: '/cases', title: ['Perkara', 'Cases'],
  },
  {
    name: 'cases', world: 'office', listener: 'oversight',
    path: '/cases', title: ['Perkara', 'Cases'],
  },
  {
    name: 'cases-late', world: 'demo', listener: 'oversight',
    path: '/cases?overdue=true', title: ['Perkara', 'Cases'],
  },
  {
    name: 'cases-released', world: 'office', listener: 'url',
    path: '/cases', title: ['Perkara', 'Cases'],
  },
  {
    name: 'case-demo', world: 'demo', listener: 'oversight',
    path: ({demo}) => `/cases/${demo.broken}`, title: ['Perkara', 'Case'], sheets: 15,
  },
  {
    name: 'case', world: 'office', listener: 'oversight',
    path: ({office}) => `/cases/${office.broken}`, title: ['Perkara', 'Case'], sheets: 8,
  },
  {
    name: 'case-released', world: 'office', listener: 'url',
    path: ({office}) => `/cases/${office.released}`, title: ['Perkara', 'Case'], sheets: 8,
  },
  {
    name: 'figures-demo', world: 'demo', listener: 'oversight',
    path: '/figures', title: ['Angka', 'Figures'], sheets: 20,
  },
  {
    name: 'figures', world: 'office', listener: 'oversight',
    path: '/figures', title: ['Angka', 'Figures'], sheets: 12,
  },
];

export const LANGUAGES = ['id', 'en'];
export const WIDTHS = [320, 1280];

function address(row, worlds, lang) {
  const path = typeof row.path === 'function' ? row.path(worlds) : row.path;
  const url = new URL(path, new URL(worlds[row.world].ledger[row.listener]).origin);
  url.searchParams.set('lang', lang);
  return url.href;
}

// Goes to the page as a person does: by its address, or through its form.
export async function reach(visitor, row, worlds, lang) {
  if (row.status) visitor.refused = [row.status];
  const answer = await visitor.visit(address(row, worlds, lang));
  return row.post ? visitor.send(row.post(worlds)) : answer;
}
