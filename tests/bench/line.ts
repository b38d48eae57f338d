export type Line = { name: string; ours: number; reference: number; ratio: number; unit: string }

const round = (value: number): number => Number(value.toPrecision(4))

/** One line of the bench; the ratio is ours to the reference. */
export function line(name: string, { ours, reference, unit }: Omit<Line, 'name' | 'ratio'>): Line {
  return { name, ours: round(ours), reference: round(reference), ratio: round(ours / reference), unit }
}
