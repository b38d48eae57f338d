const UNITS = [
  ['MB', 1_000_000],
  ['kB', 1_000],
] as const

/** A number of bytes as people say it: "4 MB", "12.5 MB", "900 bytes". Cut, never rounded up to a limit it is below. */
export function sizeWords(bytes: number): string {
  for (const [unit, size] of UNITS)
    if (bytes >= size) return `${Math.floor((bytes / size) * 10) / 10} ${unit}`
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}
