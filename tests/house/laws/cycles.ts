import type { Law } from '#tests/house/law.ts'
import type { Breach, Source } from '#tests/house/source.ts'

function cyclesOf(sources: Source[]): Breach[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const breaches: Breach[] = []
  const walk = (source: Source, trail: string[]): void => {
    if (done.has(source.path)) return
    for (const { target, typeOnly, line } of source.links) {
      const next = target === null || typeOnly ? undefined : byPath.get(target)
      if (next === undefined) continue
      const start = [...trail, source.path].indexOf(next.path)
      if (start === -1) walk(next, [...trail, source.path])
      else {
        const ring = [...trail, source.path].slice(start)
        breaches.push({
          path: source.path,
          line,
          because: `closes the ring ${[...ring, next.path].join(' → ')}`,
        })
      }
    }
    done.add(source.path)
  }
  for (const source of sources) walk(source, [])
  return breaches
}

export const cycles: Law = {
  name: 'no two files need each other to load',
  bad: [
    { 'lib/runs/a.ts': `import { b } from './b.ts'`, 'lib/runs/b.ts': `import { a } from './a.ts'` },
    { 'lib/runs/a.ts': `import { a } from './a.ts'` },
  ],
  good: [
    { 'lib/runs/a.ts': `import { b } from './b.ts'`, 'lib/runs/b.ts': `import type { A } from './a.ts'` },
  ],
  check: ({ sources }) => cyclesOf(sources),
}
