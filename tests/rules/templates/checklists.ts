import fc from 'fast-check'

/** Items of a checklist as `[section, text]`, few words so that near and equal texts come up. */
export function items(): fc.Arbitrary<[number, string][]> {
  const word = fc.constantFrom(
    'check',
    'the',
    'database',
    'backup',
    'backups',
    'cache',
    'p95 < 500ms',
    '备份',
    'probe',
  )
  const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
  return fc.array(fc.tuple(fc.nat(3), text), { maxLength: 25 })
}

/** A checklist of these items, in sections in order. */
export function documentOf(list: fc.Arbitrary<[number, string][]>): fc.Arbitrary<string> {
  return list.map(written)
}

/** Sections keep their order; items stand in theirs as they come. */
export function written(list: [number, string][]): string {
  return [0, 1, 2, 3]
    .map((section) => {
      const own = list.filter(([of]) => of === section)
      return `## Part ${section}\n\n${own.map(([, text]) => `- [ ] ${text}\n`).join('')}\n`
    })
    .join('')
}
