import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { childEnv, digestOf, inside, isStamped, pinnedNode, root } from './project.mjs'
import { run } from './steps.mjs'

const SOURCES = ['app', 'components', 'lib', 'public', 'prisma/schema', 'package.json', 'package-lock.json']
const CONFIG = [
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'css.d.ts',
  'proxy.ts',
  'instrumentation.ts',
]

const generatedStamp = inside('prisma/generated/.stamp')
const generatedDigest = () =>
  digestOf(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'])

/** Whether the database client in prisma/generated was made from today's schema. */
export const isGenerated = () => isStamped(generatedStamp, generatedDigest())

/** Makes the database client. Prisma insists on an engine that generating never calls: any program does. */
export async function generate() {
  const digest = generatedDigest()
  await run(pinnedNode, [inside('node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    env: childEnv({ PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', CI: '1' }),
    sentence: 'The database client could not be generated from prisma/schema.',
  })
  writeFileSync(generatedStamp, digest)
}

const distDir = () => inside(process.env.NEXT_DIST_DIR ?? '.next')
const buildStamp = () => path.join(distDir(), 'countersign-build')
const buildDigest = () => digestOf([...SOURCES, ...CONFIG], [process.platform, process.arch])

/** Whether the production build fits today's sources. */
export const isBuilt = () =>
  existsSync(path.join(distDir(), 'BUILD_ID')) && isStamped(buildStamp(), buildDigest())

/** Builds for production. */
export async function build() {
  const digest = buildDigest()
  rmSync(buildStamp(), { force: true })
  await run(pinnedNode, [inside('node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: childEnv({ NODE_ENV: 'production' }),
    sentence: 'The build failed.',
  })
  writeFileSync(buildStamp(), digest)
}
