// SPDX-License-Identifier: Apache-2.0
//
// The pages as people meet them: one browser and two ledgers for all tests. Run by
// tests/scripts/run-browser, which says where things are:
//
//   BROWSER_TESTS_BUILD    build directory with the programs
//   BROWSER_TESTS_SOURCE   the repository
//   BROWSER_TESTS_WORK     an empty directory for logs and keys
//   BROWSER_TESTS_CHROMIUM the browser
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe} from 'node:test';

import {injectionTests} from './injection_test.mjs';
import {demo, Office} from './ledgers.mjs';
import {checkTests} from './page_checks_test.mjs';
import {pageTests} from './pages_test.mjs';
import {Programs} from './programs.mjs';
import {storyTests} from './story_test.mjs';
import {launch} from './visitor.mjs';

const {BROWSER_TESTS_BUILD: build, BROWSER_TESTS_SOURCE: source, BROWSER_TESTS_WORK: work,
       BROWSER_TESTS_CHROMIUM: chromium} = process.env;
const documents = join(source, 'docs/procedures');

// What the tests share; `before` fills it.
const house = {
  programs: new Programs(build, work),
  screenshots: join(build, 'tests/browser/screenshots'),
  followed: new Set(),  // links that were tried
};

function open() {
  const names = ['id-asn.calendar.json', 'malang-article-2024.json', 'pp94-kota.json'];
  return [
    launch(chromium).then((browser) => (house.browser = browser)),
    demo(house.programs).then((world) => (house.demo = world)),
    Office.found(house.programs, 'office', {documents: names.map((name) => join(documents, name))})
        .then((office) => (house.office = office)),
  ];
}

async function close() {
  await house.browser?.close();
  await house.programs.stop();
}

describe('browser', () => {
  before(async () => {
    writeFileSync(join(work, 'passphrase'), 'for tests only', {mode: 0o600});
    mkdirSync(house.screenshots, {recursive: true});
    const ready = await Promise.allSettled(open());
    const failed = ready.find(({status}) => status === 'rejected');
    if (failed) {
      await close();
      throw failed.reason;
    }
  });
  after(close);
  // Each has a ledger or pages of its own; within each, one after the other.
  describe('apart', {concurrency: 3}, () => {
    describe('checks', {concurrency: 1}, () => checkTests(house));
    describe('injection', {concurrency: 1}, () => injectionTests(house, documents));
    describe('story', {concurrency: 1}, () => storyTests(house, source));
  });
  describe('pages', {concurrency: 2}, () => pageTests(house));
});
