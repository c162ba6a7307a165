// SPDX-License-Identifier: Apache-2.0
//
// Receipt codes (docs/formats.md section 12) written a second time, from the document: what a test
// needs to invent codes that open nothing, and to hold the programs' own against.
import {createHash, randomInt} from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// In GF(32) = GF(2)[x]/(x^5 + x^2 + 1).
const timesX = (value) => (value << 1) ^ (value & 16 ? 0b100101 : 0);

// The symbol that makes the sum of a^(19-i) * symbol i zero.
function checkSymbol(symbols) {
  return timesX(symbols.reduce((sum, symbol) => timesX(sum) ^ symbol, 0));
}

// The first code in a text, as it is printed.
export function codeIn(text) {
  return text.match(/\b([0-9A-Z]{4}-){4}[0-9A-Z]{4}\b/)[0];
}

export function isCode(text) {
  const symbols = [...text.replaceAll('-', '')].map((letter) => ALPHABET.indexOf(letter));
  return symbols.length === 20 && !symbols.includes(-1) &&
      checkSymbol(symbols.slice(0, 19)) === symbols[19];
}

export function inventCode() {
  const symbols = Array.from({length: 19}, () => randomInt(32));
  const all = [...symbols, checkSymbol(symbols)].map((symbol) => ALPHABET[symbol]).join('');
  return all.match(/..../g).join('-');
}

export function lookupTag(code, origin) {
  const canonical = code.replaceAll('-', '');
  const hash = createHash('sha256').update(`jejak/receipt-tag/v1\n${origin}\n${canonical}`).digest();
  const bits = [...hash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.slice(0, 100).match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join('')
      .toLowerCase();
}
