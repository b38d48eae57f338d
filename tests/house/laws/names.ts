import type { Law } from '#tests/house/law.ts'
import type { Breach, File } from '#tests/house/source.ts'

const FORBIDDEN = new Set(['utils', 'helpers', 'common', 'misc', 'handler', 'data', 'info'])
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
/** Folders of the Next router: [team], [[...rest]], (signed-in), @panel, _parts, history.csv. */
const ROUTER_FOLDER =
  /^(?:\[{1,2}(?:\.\.\.)?[a-z0-9-]+\]{1,2}|\([a-z0-9-]+\)|@[a-z0-9-]+|_[a-z0-9-]+|\.?[a-z0-9-]+(?:\.[a-z]+)?)$/
const ROOMS = /^(?:app|components|lib|tests|prisma)\//

function wrongNames({ path }: File): Breach[] {
  const segments = path.split('/')
  const file = segments.at(-1) ?? ''
  const stems = segments.map((segment) => segment.replace(/\..*$/, ''))
  const breach = (because: string) => ({ path, line: 1, because })
  const forbidden = stems
    .filter((stem) => FORBIDDEN.has(stem))
    .map((stem) => breach(`“${stem}” says nothing`))
  const parts = file.split('.').slice(0, -1)
  const isKebab = parts.every((part) => KEBAB.test(part))
  const spelled = isKebab ? [] : [breach(`${file} is not in kebab-case`)]
  const folders = segments
    .slice(0, -1)
    .filter((folder, index) =>
      segments[0] === 'app' && index > 0
        ? !ROUTER_FOLDER.test(folder)
        : !/^[a-z0-9_]+(?:-[a-z0-9]+)*$/.test(folder),
    )
  return [
    ...forbidden,
    ...spelled,
    ...folders.map((folder) => breach(`the folder ${folder} is not in kebab-case`)),
  ]
}

export const names: Law = {
  name: 'files and folders are in kebab-case and none is called utils, helpers, common, misc, handler, data or info',
  bad: [
    { 'lib/runs/utils.ts': '' },
    { 'lib/helpers/a.ts': '' },
    { 'components/runs/RunBoard.tsx': '' },
    { 'lib/runs/run_board.ts': '' },
    { 'lib/Runs/a.ts': '' },
    { 'app/data/page.tsx': '' },
  ],
  good: [
    {
      'app/[team]/(board)/history.csv/route.ts': '',
      'components/ui/use-command.ts': '',
      'tests/rules/a-b.test.ts': '',
    },
    { 'lib/runs/data-shape.ts': '', 'prisma/migrations/0001_init/migration.sql': '' },
  ],
  check: ({ files }) =>
    files.filter(({ path }) => ROOMS.test(path) && /\.(?:tsx?|mjs)$/.test(path)).flatMap(wrongNames),
}

const LIMIT = 250

export const size: Law = {
  name: `a file of app, components or lib has at most ${LIMIT} lines`,
  bad: [{ 'lib/runs/a.ts': 'x\n'.repeat(LIMIT + 1) }, { 'lib/cli/a.mjs': 'x\n'.repeat(LIMIT + 1) }],
  good: [{ 'lib/runs/a.ts': 'x\n'.repeat(LIMIT) }],
  check: ({ files }) =>
    files
      .filter(({ path }) => /^(?:app|components|lib)\/.*\.(?:tsx?|mjs)$/.test(path))
      .map(({ path, text }) => ({ path, line: LIMIT + 1, lines: text.replace(/\n$/, '').split('\n').length }))
      .filter(({ lines }) => lines > LIMIT)
      .map(({ lines, ...place }) => ({ ...place, because: `has ${lines} lines` })),
}
