// SPDX-License-Identifier: Apache-2.0
//
// One visitor: a fresh browser context of one width and language that writes down everything it
// was made to do. Scripts are allowed and the page's own policy is in force, so that what a page
// tries is seen.
import {chromium} from 'playwright-core';

// Chromium refuses its sandbox to root, which is what a container's tests run as.
export function launch(executablePath) {
  const args = ['--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];
  if (process.getuid() === 0) args.push('--no-sandbox');
  return chromium.launch({executablePath, args});
}

export class Visitor {
  static async arrive(browser, {width = 1280, height = 800, lang = 'id'} = {}) {
    const context = await browser.newContext({
      viewport: {width, height},
      locale: lang === 'id' ? 'id-ID' : 'en-GB',
      timezoneId: 'Asia/Jakarta',
      serviceWorkers: 'block',
    });
    context.setDefaultTimeout(10000);
    const visitor = new Visitor(context, await context.newPage());
    await visitor.#watch();
    return visitor;
  }

  constructor(context, page) {
    this.context = context;
    this.page = page;
    this.incidents = [];  // consoles, errors, dialogs, foreign requests, violations, new windows
    this.requests = [];
    this.refused = [];  // statuses that a test expects; the browser reports them to the console
  }

  async #watch() {
    const tell = (kind, text) => this.incidents.push(`${kind}: ${text}`);
    await this.page.exposeFunction('__tell', tell);
    // Runs before any page's own code and is not subject to its policy.
    await this.context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.__tell('violation', `${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    this.page.on('console', (message) => {
      if (this.refused.some((status) => message.text().includes(`status of ${status}`))) return;
      tell('console', message.text());
    });
    this.page.on('pageerror', (error) => tell('error', error.message));
    this.page.on('dialog', (dialog) => {
      tell('dialog', dialog.message());
      dialog.dismiss();
    });
    this.page.on('popup', () => tell('window', 'opened'));
    this.context.on('request', (request) => this.requests.push(request.url()));
  }

  // The answer to a visit; its own origin becomes the only one that may be asked for anything.
  async visit(url) {
    this.origin = new URL(url).origin;
    return this.page.goto(url);
  }

  // Fills a form, {selector: text}, and sends it by Enter in its last field.
  async send(fields) {
    for (const [selector, text] of Object.entries(fields)) await this.page.fill(selector, text);
    const [answer] = await Promise.all([
      this.page.waitForNavigation(), this.page.press(Object.keys(fields).at(-1), 'Enter')
    ]);
    return answer;
  }

  // What went wrong since the last call.
  async faults() {
    const foreign = this.requests.filter((url) => !url.startsWith(this.origin + '/') &&
                                         !url.startsWith('data:image/'));
    const cookies = await this.context.cookies();
    const found = [
      ...this.incidents, ...foreign.map((url) => `request: ${url}`),
      ...cookies.map((cookie) => `cookie: ${cookie.name}`)
    ];
    this.incidents = [];
    this.requests = [];
    return found;
  }

  leave() {
    return this.context.close();
  }
}
