import type { Law } from '#tests/house/law.ts'

/** Put together from pieces, so that this file does not break its own law. */
const SLASH = '/'
const FOLDERS = ['work', 'root', `home${SLASH}[a-z][a-z0-9_-]*`, `Users${SLASH}[A-Za-z]+`]
const MACHINE = new RegExp(`(?<![\\w.*:-])${SLASH}(?:${FOLDERS.join('|')})${SLASH}`)
const PRIVATE_KEY = new RegExp(`-----BEGIN [A-Z ]*PRIVATE ${'KEY'}-----`)

export const committedText: Law = {
  name: 'no committed text holds a path of somebody’s machine or a private key',
  bad: [
    { 'docs/a.md': `see ${['', 'work', 'main', 'a.md'].join(SLASH)}` },
    { 'lib/cli/a.mjs': `const a = '${['', 'root', 'a'].join(SLASH)}'` },
    { 'README.md': ['', 'home', 'ana', 'src'].join(SLASH) },
    { 'tests/a.txt': `-----BEGIN PRIVATE ${'KEY'}-----` },
  ],
  good: [{ 'README.md': 'a network/work/flow, /team/work, ./work/ and https://x.test/work' }],
  check: ({ files }) =>
    files.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const found = MACHINE.exec(line)?.[0] ?? PRIVATE_KEY.exec(line)?.[0]
        return found === undefined ? [] : [{ path, line: index + 1, because: `holds ${found}` }]
      }),
    ),
}

const FLOORS = { next: [16, 4, 6], react: [19, 3, 1], 'react-dom': [19, 3, 1] } as const

function isBelow(version: string, floor: readonly number[]): boolean {
  const exact = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)
  if (exact === null) return true
  const difference = floor.map((least, index) => Number(exact[index + 1]) - least).find((step) => step !== 0)
  return (difference ?? 0) < 0
}

export const floors: Law = {
  name: 'next, react and react-dom are pinned at or above the first versions without known holes',
  bad: [
    { 'package.json': '{"dependencies":{"next":"16.4.5","react":"19.3.1","react-dom":"19.3.1"}}' },
    { 'package.json': '{"dependencies":{"next":"16.4.6","react":"^19.3.1","react-dom":"19.3.1"}}' },
    { 'package.json': '{"dependencies":{"next":"16.4.6","react":"19.3.1"}}' },
  ],
  good: [{ 'package.json': '{"dependencies":{"next":"17.0.0","react":"19.3.1","react-dom":"19.4.0"}}' }],
  check: ({ files }) =>
    files
      .filter(({ path }) => path === 'package.json')
      .flatMap(({ path, text }) => {
        const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(text)
        return Object.entries(FLOORS)
          .filter(([name, floor]) => isBelow(dependencies[name] ?? '', floor))
          .map(([name]) => ({ path, line: 1, because: `${name} ${dependencies[name] ?? 'is missing'}` }))
      }),
}
