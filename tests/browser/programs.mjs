// SPDX-License-Identifier: Apache-2.0
//
// The built programs as a shell runs them, and a ledger that serves on free loopback ports.
//
//   const programs = new Programs('/build', '/tmp/work');
//   await programs.jejak(['init', ...]);            // rejects unless the exit code is 0
//   const ledger = await programs.serve('demo');    // {dir, url, oversight, log()}
//   await programs.stop();                          // all that serve
import {spawn} from 'node:child_process';
import {createWriteStream, readFileSync} from 'node:fs';
import {join} from 'node:path';

const START_MS = 20000;

// What a program said: its exit code, standard output and standard error.
function run(program, args, cwd, input) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {cwd, stdio: ['pipe', 'pipe', 'pipe']});
    let out = '', err = '';
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (err += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({code, out, err}));
    child.stdin.on('error', () => {});  // it may end without reading what it doesn't ask for
    child.stdin.end(input ?? '');
  });
}

export class Programs {
  constructor(buildDir, workDir) {
    this.build = buildDir;
    this.work = workDir;
    this.running = [];
  }

  path(name) {
    return join(this.work, name);
  }

  // Never rejects: the exit code is the answer.
  run(program, args, input) {
    const folder = program === 'jejak-verify' ? 'verifier' : 'tools';
    return run(join(this.build, folder, program), args, this.work, input);
  }

  async jejak(args) {
    const said = await this.run('jejak', args);
    if (said.code !== 0) {
      throw new Error(`jejak ${args.join(' ')}: exit ${said.code}\n${said.out}${said.err}`);
    }
    return said.out;
  }

  // Serves the log in `dir`. Its events go to dir.events, which log() reads back.
  serve(dir, passphrase = 'passphrase') {
    const path = join(this.work, dir);
    const events = path + '.events';
    const child = spawn(
        join(this.build, 'api/jejakd'),
        ['--data', path, '--passphrase-file', this.path(passphrase), '--listen', '127.0.0.1:0',
         '--listen-oversight', '127.0.0.1:0', '--log-level', 'debug'],
        {stdio: ['ignore', 'ignore', 'pipe']});
    const file = createWriteStream(events);
    const ended = new Promise((resolve) => child.on('close', resolve));
    this.running.push({child, ended});
    return new Promise((resolve, reject) => {
      let said = '';
      const late = setTimeout(() => reject(new Error(`jejakd did not start: ${said}`)), START_MS);
      ended.then((code) => reject(new Error(`jejakd ended with ${code}: ${said}`)));
      child.stderr.on('data', (text) => {
        file.write(text);
        if (said.includes('"started"')) return;
        said += text;
        const line = said.split('\n').find((each) => each.includes('"event":"started"'));
        if (!line) return;
        clearTimeout(late);
        const {url, oversight_url: oversight} = JSON.parse(line);
        resolve({dir: path, url, oversight, log: () => readFileSync(events, 'utf8')});
      });
    });
  }

  // Ends what serve() began; each must end with 0.
  async stop() {
    for (const {child} of this.running) child.kill('SIGTERM');
    const codes = await Promise.all(this.running.map(({ended}) => ended));
    this.running = [];
    if (codes.some((code) => code !== 0)) throw new Error(`a jejakd ended with ${codes}`);
  }
}
