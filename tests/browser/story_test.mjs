// SPDX-License-Identifier: Apache-2.0
//
// A case from the first report to the public file, told with the commands that people have.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';

import {ORIGIN, PAPER} from './ledgers.mjs';
import * as check from './page_checks.mjs';
import {codeIn, inventCode, isCode, lookupTag} from './receipt_code.mjs';
import {Visitor} from './visitor.mjs';

const TEAM = ['inspektorat=pemeriksa', 'bkpsdm=kepegawaian', 'asisten_1=asisten'];
const SECRET = 'pegawai di pasar pada jam kerja';
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

const REPORT = {
  mode: 'confidential',
  what: SECRET,
  where: 'Pasar Contoh',
  when: 'Senin pagi',
  identity: {name: 'Warga Rahasia Satu', contact: '0812-0000-1111'},
};

async function takeReport(office) {
  const taken = await office.intake(REPORT, 'malang-article-2024');
  return {...taken, report: lookupTag(taken.code, ORIGIN)};
}

// A case under pp94-kota whose decision was handed to the officer, in as few acts as move it there
// (what is skipped is flagged, and judged elsewhere); with the code that the letter carried.
async function decideOn(office) {
  const {id} = await office.intake(REPORT, 'pp94-kota');
  const today = new Date().toISOString().slice(0, 10);
  const about = ['P9'];
  await office.act(id, 'officer.name', ['bkpsdm=kepegawaian'],
                   {about, body: {rank: 'III', act_on: today, superior_implicated: false}});
  await office.act(id, 'decide.sanction', ['pejabat_berwenang=pemutus'], {
    about, seal: ['level', 'kind', 'decree'],
    body: {decider_rank: 'JPT', norm: '5a', level: 'ringan', kind: 'teguran', cites: [],
           decree: PAPER},
  });
  const text = await office.act(id, 'decide.receive', ['bkpsdm=kepegawaian'],
                                {about, codeFor: 'terperiksa=terperiksa'});
  return {id, text, code: codeIn(text)};
}

// What `jejak-verify case` says of the case's file as this listener gives it.
async function verdict(house, id, listener) {
  const {office} = house;
  const answer = await fetch(`${office.ledger[listener]}/v1/cases/${id}/casefile`);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  const path = office.path(`${listener}-${id}.casefile.json`);
  writeFileSync(path, text);
  return house.programs.run('jejak-verify', ['case', path, '--policy', office.policy]);
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

// What the holder of a code reads on /status, in a browser: the text of the page.
async function askStatus(house, code, lang, status = 200) {
  const visitor = await Visitor.arrive(house.browser, {width: 320, lang});
  try {
    visitor.refused = [status];
    const origin = new URL(house.office.ledger.url).origin;
    await visitor.visit(`${origin}/status?lang=${lang}`);
    const answer = await visitor.send({'input[name=code]': code});
    assert.equal(answer.status(), status);
    const html = await answer.text();
    if (isCode(code)) {
      assert.ok(!html.includes(code) && !html.includes(code.replaceAll('-', '')), 'code is shown');
    }
    assert.ok(visitor.requests.every((url) => !url.includes(code.slice(0, 5))), 'code in a URL');
    check.none(await visitor.faults());
    return await visitor.page.innerText('main');
  } finally {
    await visitor.leave();
  }
}

// What a button of /status sends for a code that was looked up: a file, and what `jejak-verify` says.
async function download(house, code, lang, part) {
  const visitor = await Visitor.arrive(house.browser, {width: 320, lang});
  try {
    const {page} = visitor;
    await visitor.visit(`${new URL(house.office.ledger.url).origin}/status?lang=${lang}`);
    await visitor.send({'input[name=code]': code});
    await page.fill('input[name=code]', code);
    const [file] = await Promise.all([
      page.waitForEvent('download'), page.click(`button[name=part][value=${part}]`)
    ]);
    const name = file.suggestedFilename();
    const path = house.office.path(`${lang}-${name}`);
    await file.saveAs(path);
    assert.ok(!file.url().includes(code.slice(0, 5)), 'code in a URL');
    check.none(await visitor.faults());
    const text = readFileSync(path, 'utf8');
    assert.ok(text.length > 0 && !text.includes(code) && !text.includes(code.replaceAll('-', '')));
    const verb = part === 'proof' ? 'receipt' : 'case';
    const said = await house.programs.run('jejak-verify', [verb, path, '--policy', house.office.policy]);
    return {name, ...said};
  } finally {
    await visitor.leave();
  }
}

// The slip as a page: no script, nothing fetched, one sheet.
async function readSlip(house, {page: file}) {
  const visitor = await Visitor.arrive(house.browser, {width: 320});
  try {
    await visitor.page.setContent(readFileSync(file, 'utf8'));
    const {page} = visitor;
    await page.screenshot({path: `${house.screenshots}/slip-id-320.png`, fullPage: true, caret: 'initial'});
    const path = `${house.screenshots}/slip-id.pdf`;
    const pdf = await page.pdf({path, preferCSSPageSize: true});
    const sheets = check.sheetsOf(pdf);
    const size = pdf.toString('latin1').match(/\/MediaBox\s*\[([^\]]*)/)[1].trim().split(/\s+/);
    const faults = [...await check.reflow(page), ...await check.accessibility(page)];
    if (await page.locator('script, link, img[src^=http]').count() > 0) faults.push('fetches');
    if (sheets !== 1) faults.push(`${sheets} sheets`);
    if (Math.abs(size[2] - 297.6) > 2 || Math.abs(size[3] - 419.5) > 2) faults.push(`is ${size} pt`);
    check.none([...faults, ...visitor.incidents]);
  } finally {
    await visitor.leave();
  }
}

// One symbol read wrongly, as from bad handwriting.
function misspelt(code) {
  return code.slice(0, -1) + (code.endsWith('7') ? 'Z' : '7');
}

export function storyTests(house, source) {
  let followed, skipped;

  test('receipt codes are what their document says', () => {
    const vectors = JSON.parse(readFileSync(`${source}/tests/vectors/jejak/receipt_code.json`));
    for (const {printed, origin, tag} of vectors.codes) {
      assert.ok(isCode(printed));
      assert.ok(!isCode(misspelt(printed)));
      assert.equal(lookupTag(printed, origin), tag);
    }
  });
  test('two reports are taken', async () => {
    followed = house.office.told = await takeReport(house.office);
    skipped = await takeReport(house.office);
  });
  test('the slip holds a sound code and nothing of the report', () => {
    const {code, text, page} = followed;
    const html = readFileSync(page, 'utf8');
    assert.ok(isCode(code));
    for (const secret of [SECRET, REPORT.identity.name, REPORT.identity.contact, REPORT.where]) {
      assert.ok(!text.includes(secret) && !html.includes(secret), secret);
    }
    assert.ok(html.includes(code));
    assert.ok(Math.max(...text.split('\n').map((line) => [...line].length)) <= 48);
  });
  test('the slip is one sheet of A6 that anybody can read', () => readSlip(house, followed));
  test('the code tells that the report was received', async () => {
    assert.match(await askStatus(house, followed.code, 'id'), /Laporan diterima/);
    assert.match(await askStatus(house, followed.code.toLowerCase(), 'en'), /Report received/);
  });
  test('codes that open nothing are told alike', async () => {
    const wrong = [misspelt(followed.code), inventCode(), 'xyzzy', `${followed.code}0`];
    const texts = [];
    for (const code of wrong) texts.push(await askStatus(house, code, 'id', 404));
    assert.equal(new Set(texts).size, 1);
    assert.match(texts[0], /Kode tidak ditemukan/);
  });
  test('the cases are told to their end; one skips the examination', async () => {
    await tell(house.office, followed);
    await tell(house.office, skipped, 'exam.hold');
  });
  test('the code tells the outcome', async () => {
    assert.match(await askStatus(house, followed.code, 'id'), /Hasil\n+.*Sanksi dijatuhkan/);
    assert.match(await askStatus(house, followed.code, 'en'), /Outcome\n+.*Sanction given/);
  });
  for (const lang of ['id', 'en']) {
    test(`proof and case file come from the page's buttons, and verify (${lang})`, async () => {
      for (const {code} of [followed, skipped]) {
        const proof = await download(house, code, lang, 'proof');
        assert.equal(proof.name, 'bukti.tlog-proof');
        assert.equal(proof.code, 0, proof.out + proof.err);
        const file = await download(house, code, lang, 'casefile');
        assert.equal(file.name, 'berkas.casefile.json');
        assert.equal(file.code, code === skipped.code ? 11 : 0, file.out + file.err);
      }
    });
  }
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
  test('a reporter withdraws under the code, and is told so', async () => {
    const taken = await house.office.intake(REPORT, 'pp94-kota');
    const said = await house.office.reply('withdraw', taken.code);
    assert.equal(said.code, 0, said.out + said.err);
    assert.match(await askStatus(house, taken.code, 'id'), /Laporan dicabut/);
    assert.match(await askStatus(house, taken.code, 'en'), /Report withdrawn/);
  });
  test('what the procedure does not offer is refused', async () => {
    const said = await house.office.reply('object', followed.code);
    assert.equal(said.code, 4, said.out + said.err);
  });
  test('an examined officer objects under the code of his letter', async () => {
    const {code, text} = await decideOn(house.office);
    const paper = house.office.path('keberatan.pdf');
    writeFileSync(paper, 'keberatan');
    const said = await house.office.reply('object', code, ['--attach', paper]);
    assert.equal(said.code, 0, said.out + said.err);
    const told = await askStatus(house, code, 'id');
    assert.match(told, /Keberatan diterima, sedang diputus/);
    assert.match(await askStatus(house, code, 'en'), /objection was received/);
    for (const secret of [REPORT.identity.name, REPORT.identity.contact]) {
      assert.ok(!told.includes(secret) && !text.includes(secret), secret);
    }
  });
  test('neither codes nor sealed words are in what the ledger tells its operators', () => {
    const events = house.office.ledger.log();
    assert.match(events, /"path":"[^"]*status"/);
    for (const secret of [followed.code, skipped.code, followed.code.replaceAll('-', ''),
                          SECRET, REPORT.identity.name, REPORT.where]) {
      assert.ok(!events.toLowerCase().includes(secret.toLowerCase()), secret);
    }
  });
}
