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
async function tell(office, id, report, skip) {
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
    ['case.release', ['inspektorat=pemeriksa'], {body: {parts: ['skeleton'], harm_test: true}}],
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

async function caseFile(office, listener, id) {
  const answer = await fetch(`${office.ledger[listener]}/v1/cases/${id}/casefile`);
  return {status: answer.status, text: await answer.text()};
}

async function verdict(house, office, id, listener) {
  const {status, text} = await caseFile(office, listener, id);
  assert.equal(status, 200, text);
  const path = office.path(`${id}.casefile.json`);
  writeFileSync(path, text);
  return house.programs.verify(['case', path, '--policy', office.policy]);
}

export function storyTests(house) {
  test('a case that followed its procedure, and one without examination', async () => {
    const {office} = house;
    const followed = await takeReport(office);
    const skipped = await takeReport(office);
    await tell(office, followed.id, followed.report);
    await tell(office, skipped.id, skipped.report, 'exam.hold');
    const sound = await verdict(house, office, followed.id, 'oversight');
    assert.equal(sound.code, 0, sound.out + sound.err);
    const broken = await verdict(house, office, skipped.id, 'oversight');
    assert.equal(broken.code, 11, broken.out + broken.err);
    assert.match(broken.out, /A07/);
  });
}
