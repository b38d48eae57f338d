export type LineChange = { sign: '+' | '−'; line: string }

/** Lines that came and went between two texts; order within a setting's lines means nothing. */
export function lineChanges({ from, to }: { from: string; to: string }): LineChange[] {
  const before = from.split('\n').filter(Boolean)
  const after = to.split('\n').filter(Boolean)
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => ({ sign: '−' as const, line })),
    ...after.filter((line) => !before.includes(line)).map((line) => ({ sign: '+' as const, line })),
  ]
}
