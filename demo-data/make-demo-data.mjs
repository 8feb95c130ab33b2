// Called by make-demo-data.sh in a folder that holds node_modules: node make-demo-data.mjs OUT
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const out = process.argv[2];
const modules = 'node_modules';
const groups = new Set(['Animals & Nature', 'Food & Drink', 'Travel & Places', 'Activities', 'Objects']);
const side = 64;
const expected = 849;

// One picture of each designer per code point. The three packages use the same file name, the
// sequence in lower case with its fe0f selectors, so a code point counts when all three files exist.
const designers = {
  noto: (code) => join(modules, 'emoji-datasource-google/img/google/64', `${code}.png`),
  twemoji: (code) => join(modules, 'emoji-datasource-twitter/img/twitter/64', `${code}.png`),
  fluent: (code) => join(modules, '@lobehub/fluent-emoji-3d/assets', `${code}.webp`),
};

const names = new Map();
for (const emoji of JSON.parse(readFileSync(join(modules, 'emoji-datasource-google/emoji.json'), 'utf8'))) {
  const code = emoji.image.replace(/\.png$/, '');
  if (groups.has(emoji.category) && Object.values(designers).every((file) => existsSync(file(code)))) {
    names.set(code, emoji.short_name.replace(/[_-]+/g, ' ').trim());
  }
}
if (names.size !== expected) {
  throw new Error(`${names.size} code points have all three pictures, not ${expected}`);
}

// A third of the code points is held out. The order is that of a hash, so it depends on nothing else.
const hash = (code) => createHash('sha256').update(`lodisc-demo:${code}`).digest('hex');
const byHash = [...names.keys()].sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
const test = new Set(byHash.slice(0, Math.floor(expected / 3)));

for (const folder of ['pictures', 'LICENSES']) rmSync(join(out, folder), { recursive: true, force: true });
sharp.concurrency(1);
const rows = ['path,id,label,group,split,name'];
const csv = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
for (const [designer, file] of Object.entries(designers)) {
  mkdirSync(join(out, 'pictures', designer), { recursive: true });
  for (const code of [...names.keys()].sort()) {
    const source = file(code);
    const path = `pictures/${designer}/${code}.${designer === 'fluent' ? 'webp' : 'png'}`;
    if (designer === 'fluent') {
      await sharp(source)
        .resize(side, side, { kernel: 'lanczos3', fit: 'fill' })
        .webp({ quality: 90, alphaQuality: 100, effort: 6 })
        .toFile(join(out, path));
    } else {
      const { width, height } = await sharp(source).metadata();
      if (width !== side || height !== side) throw new Error(`${source} is ${width} x ${height}`);
      copyFileSync(source, join(out, path));
    }
    rows.push([path, `${designer}-${code}`, code, designer, test.has(code) ? 'test' : 'train', csv(names.get(code))].join(','));
  }
}
writeFileSync(join(out, 'manifest.csv'), rows.join('\n') + '\n');

const licences = join(out, 'LICENSES');
mkdirSync(licences, { recursive: true });
writeFileSync(join(licences, 'noto-Apache-2.0.txt'), `Pictures under pictures/noto: Noto Emoji (github.com/googlefonts/noto-emoji), version 2.048,
by Google and the Noto Emoji authors, taken unchanged from the npm package
emoji-datasource-google 16.0.0. Licensed under the Apache License, Version 2.0:

` + readFileSync(join(modules, 'sharp/LICENSE'), 'utf8'));
writeFileSync(join(licences, 'twemoji-CC-BY-4.0.txt'), `Pictures under pictures/twemoji: Twemoji (github.com/jdecked/twemoji), version 16.0.1,
Copyright Twitter, Inc and other contributors, taken unchanged from the npm package
emoji-datasource-twitter 16.0.0. Licensed under CC-BY 4.0
(creativecommons.org/licenses/by/4.0):

` + readFileSync(join(modules, 'caniuse-lite/LICENSE'), 'utf8'));
writeFileSync(join(licences, 'fluent-MIT.txt'), `Pictures under pictures/fluent: Fluent Emoji (github.com/microsoft/fluentui-emoji), taken from
the npm package @lobehub/fluent-emoji-3d 1.1.0 and made smaller, from 256 to 64 pixels a side.

MIT License

Copyright (c) Microsoft Corporation.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`);
writeFileSync(join(licences, 'names-MIT.txt'), `The names in manifest.csv come from emoji-datasource-google 16.0.0 (github.com/iamcal/emoji-data):

` + readFileSync(join(modules, 'emoji-datasource-google/LICENSE'), 'utf8'));
console.log(`${rows.length - 1} pictures of ${names.size} code points, ${test.size} of them held out, in ${out}`);
