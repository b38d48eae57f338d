import type { RunVariable } from '#lib/shared/run-variables.ts'

/** What a probe is told of its run; what the run does not name is left out. */
export function runVariables({
  version,
  commit,
  artifactDigest,
  number,
}: {
  version: string
  commit: string
  artifactDigest: string | null
  number: number
}): Partial<Record<RunVariable, string>> {
  return {
    RUN_VERSION: version,
    RUN_COMMIT: commit,
    ...(artifactDigest === null ? {} : { RUN_DIGEST: artifactDigest }),
    RUN_NUMBER: String(number),
  }
}
