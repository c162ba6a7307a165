// SPDX-License-Identifier: Apache-2.0
//
// A case from the first report to the public file, told with the commands that people have.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {test} from 'node:test';

import {PAPER} from './ledgers.mjs';

const TEAM = ['inspektorat=pemeriksa', 'bkpsdm=kepegawaian', 'asisten_1=asisten'];
const OFFICER = {about: ['P1']};

// The procedure of the city secretary's words, act by act; `skip` names a type that is left out.
async function tell(office, {id, report}, skip) {
  const now = new Date().toISOString().replace(/\.\d+Z/, 'Z');
  const acts = [
    ['sidak.hold', TEAM, {...OFFICER, seal: ['minutes'],
                          body: {seen_at: now, place: 'pasar', result: 'found', minutes: PAPER}}],
    ['clarify.hold', TEAM.slice(0, 1), {...OFFICER, seal: ['statement'],
                          body: {heard: 'answered', result: 'continue', statement: 'keterangan'}}],
    ['exam.hold', TEAM.slice(0, 2), {...OFFICER, seal: ['record'], body: {record: PAPER}}],
    ['eval.decide', ['inspektorat=penilai'], {...OFFICER, seal: ['degree'],
                          body: {result: 'violation', kind: 'jam kerja', degree: 'ringan'}}],
    ['sanction.decide', ['pejabat_berwenang=pemutus'],
     {...OFFICER, seal: ['decision'], body: {decision: PAPER}}],
    ['notify.reporter', ['petugas=petugas'], {body: {report, stage: 'final'}}],
    ['case.close', ['inspektorat=pemeriksa'], {body: {outcome: 'sanctioned'}}],
  ];
  for (const [type, by, what] of acts) {
    if (type !== skip) await office.act(id, type, by, what);
  }
}

async function takeReport(office) {
  const id = await office.newCase();
  const report = id.slice(0, 20).toLowerCase();
  await office.act(id, 'report.submit', ['petugas=petugas'], {
    under: 'malang-article-2024',
    seal: ['text'],
    body: {report, mode: 'anonymous', text: 'pegawai di pasar pada jam kerja'},
  });
  return {id, report};
}

// What `jejak-verify case` says of the case's file as this listener gives it.
async function verdict(house, id, listener) {
  const {office} = house;
  const answer = await fetch(`${office.ledger[listener]}/v1/cases/${id}/casefile`);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  const path = office.path(`${listener}-${id}.casefile.json`);
  writeFileSync(path, text);
  return house.programs.verify(['case', path, '--policy', office.policy]);
}

// The index that knows what is released follows the log, a moment later.
async function isPublic(office, id) {
  for (let patience = 100; patience > 0; patience--) {
    const {status} = await fetch(`${office.ledger.url}/v1/cases/${id}`);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${id} is released, and not public ten seconds later`);
}

export function storyTests(house) {
  let followed, skipped;

  test('two reports become cases, told to their end; one skips the examination', async () => {
    followed = await takeReport(house.office);
    skipped = await takeReport(house.office);
    await tell(house.office, followed);
    await tell(house.office, skipped, 'exam.hold');
  });
  test('nothing of them is public before their release', async () => {
    for (const {id} of [followed, skipped]) {
      for (const path of ['', '/actions', '/casefile', '/conformance']) {
        const answer = await fetch(`${house.office.ledger.url}/v1/cases/${id}${path}`);
        assert.equal(answer.status, 404, path);
      }
    }
  });
  test('released, they are public', async () => {
    for (const {id} of [followed, skipped]) {
      await house.office.act(id, 'case.release', ['inspektorat=pemeriksa'],
                             {body: {parts: ['timeline', 'verdicts'], harm_test: true}});
    }
    house.office.released = followed.id;
    house.office.broken = skipped.id;
    await Promise.all([followed, skipped].map(({id}) => isPublic(house.office, id)));
  });
  for (const listener of ['url', 'oversight']) {
    const whose = listener === 'url' ? 'public' : listener;
    test(`the ${whose} file of the one verifies, that of the other names the breach`, async () => {
      const sound = await verdict(house, followed.id, listener);
      assert.equal(sound.code, 0, sound.out + sound.err);
      const broken = await verdict(house, skipped.id, listener);
      assert.equal(broken.code, 11, broken.out + broken.err);
      assert.match(broken.out, /A07/);
    });
  }
}
