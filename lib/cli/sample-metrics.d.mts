export const METRIC_SWITCHES: Readonly<Record<string, string>>

export function sampleMetrics(options: { broken: ReadonlySet<string>; now?: () => number }): {
  advance(): void
  page(real: number): string
}
