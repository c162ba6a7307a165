// SPDX-License-Identifier: Apache-2.0
//
// Two ledgers to look at: the demo log, whose entries are public, and a restricted log, founded and
// staffed with the same commands as in docs/operations.md. Nobody in them is real.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {codeIn} from './receipt_code.mjs';

export const ORIGIN = 'jejak.contohkota.go.id/1';
const HOST = 'contohkota.go.id/';

// name: unit, roles.
export const PEOPLE = {
  petugas: ['inspektorat', ['petugas', 'verifikator']],
  pemeriksa: ['inspektorat', ['inspektorat']],
  penilai: ['inspektorat', ['inspektorat']],
  kepegawaian: ['bkpsdm', ['bkpsdm']],
  asisten: ['asisten-1', ['asisten_1']],
  pemutus: ['sekretariat', ['pejabat_berwenang', 'ppid']],
};

export const UNITS = {
  inspektorat: ['Inspektorat', 'Inspectorate'],
  bkpsdm: ['BKPSDM', 'Personnel agency'],
  'asisten-1': ['Asisten 1', 'Assistant 1'],
  sekretariat: ['Sekretariat', 'Secretariat'],
  hukum: ['Bagian Hukum', 'Legal section'],
};

export async function demo(programs) {
  await programs.jejak(['demo', 'demo']);
  const told = readFileSync(programs.path('demo/cases/C03.casefile.json'), 'utf8');
  const ledger = await programs.serve('demo', 'demo/passphrase');
  return {ledger, broken: told.match(/"case\/([0-9A-Z]{26})"/)[1]};
}

// A ledger under administration: who signs for it, and what they write.
export class Office {
  // A log in `dir`, served, with its units, people, calendars and procedures. `what` names the
  // documents to publish, and may replace the log's name, the units' titles and who is enrolled.
  static async found(programs, dir, what) {
    const office = new Office(programs, dir);
    const named = what.name ?? ['Pengawasan Contohkota', 'Oversight of Contohkota'];
    const people = what.people ?? PEOPLE;
    mkdirSync(office.path('keys'), {recursive: true});
    await Promise.all(['root-a', 'root-b', 'hukum', ...Object.keys(people)].map(
        (name) => office.key(name)));
    await programs.jejak(['init', join(dir, 'log'), '--origin', ORIGIN, '--entries', 'oversight',
                          '--root', `A=${office.path('keys/root-a.key')}`,
                          '--root', `B=${office.path('keys/root-b.key')}`, '--threshold', '2',
                          '--name-id', named[0], '--name-en', named[1],
                          '--passphrase-file', programs.path('passphrase'),
                          '--root-passphrase-file', programs.path('passphrase')]);
    office.ledger = await programs.serve(join(dir, 'log'));
    await office.staff(what.units ?? UNITS, people);
    for (const document of what.documents) {
      await office.administer('publish', [document], ['procedure_owner=hukum', 'root=root-a']);
    }
    return office;
  }

  constructor(programs, dir) {
    this.programs = programs;
    this.dir = dir;
    this.count = 0;
  }

  path(name) {
    return this.programs.path(join(this.dir, name));
  }

  get policy() {
    return this.path('log/policy');
  }

  key(name) {
    return this.programs.jejak(['keygen', '--name', HOST + name, '-o', this.path(`keys/${name}`),
                                '--passphrase-file', this.programs.path('passphrase')]);
  }

  // The options that say who signs, where to and with what; "role=name".
  signing(by) {
    const receipt = this.path(`receipt-${++this.count}.tlog-proof`);
    return ['--ledger', this.ledger.oversight, '--receipt', receipt, '--passphrase-file',
            this.programs.path('passphrase'), ...by.flatMap((signer) => {
              const [role, name] = signer.split('=');
              return ['--by', `${role}=${this.path(`keys/${name}.key`)}`];
            })];
  }

  administer(verb, args, by = ['root=root-a', 'root=root-b']) {
    return this.programs.jejak([...verb.split(' '), ...args, ...this.signing(by)]);
  }

  async staff(units, people) {
    for (const [unit, [id, en]] of Object.entries(units)) {  // one stream: one after the other
      await this.administer('unit register', ['--unit', unit, '--title-id', id, '--title-en', en]);
    }
    const all = {...people, hukum: ['hukum', ['procedure_owner']]};
    await Promise.all(Object.entries(all).map(([name, [unit, roles]]) => this.administer(
        'enroll', ['--key', this.path(`keys/${name}.key`), '--unit', unit, '--holder', `h-${name}`,
                   ...roles.flatMap((role) => ['--grant', role])])));
  }

  async newCase() {
    return (await this.programs.jejak(['case-id'])).trim();
  }

  // jejak intake, from a form: the slip's text, its page, the code on it and the case that it
  // opened.
  async intake(form, procedure, lang = 'id') {
    const name = `intake-${++this.count}`;
    const [file, page, receipt] = ['json', 'html', 'tlog-proof'].map(
        (kind) => this.path(`${name}.${kind}`));
    writeFileSync(file, JSON.stringify(form));
    const text = await this.programs.jejak([
      'intake', '--ledger', this.ledger.oversight, '--key', this.path('keys/petugas.key'),
      '--passphrase-file', this.programs.path('passphrase'), '--file', file, '--slip', page,
      '--receipt', receipt, '--procedure', procedure, '--portal', this.ledger.url, '--lang', lang,
      '--yes',
    ]);
    const proof = readFileSync(receipt, 'utf8');
    const extra = Buffer.from(proof.match(/^extra (.*)$/m)[1], 'base64').toString();
    return {
      text, page,
      code: codeIn(text),
      id: extra.match(/^stream case\/(.*)$/m)[1],
    };
  }

  // jejak reply, under a code that comes by standard input: what it said, and its exit code.
  reply(verb, code, args = []) {
    const receipt = this.path(`reply-${++this.count}.tlog-proof`);
    return this.programs.run('jejak', [
      'reply', verb, '--ledger', this.ledger.url, '--code-file', '-', '--receipt', receipt, '--yes',
      ...args
    ], code);
  }

  // jejak sign: one action in a case. `body` is an object, `seal` names its sealed members.
  act(id, type, by, {body, seal = [], about = [], under, codeFor} = {}) {
    const args = ['sign', '--case', id, '--type', type, ...this.signing(by)];
    if (body) {
      const file = this.path(`body-${this.count}.json`);
      writeFileSync(file, JSON.stringify(body));
      args.push('--body', file);
    }
    for (const member of seal) args.push('--seal', `/${member}`);
    for (const person of about) args.push('--about', person);
    if (under) args.push('--open-under', under);
    if (codeFor) args.push('--party-code', codeFor);
    return this.programs.jejak(args);
  }
}

// What an attachment's field says of a file that stays in the office.
export const PAPER = {
  sha256: 'A'.repeat(43) + '=',
  size: 1234,
  media: 'application/pdf',
};
