import type { PulledProbe, Window } from './base-probe.ts'
import { PROBE_LIMITS } from './limits.ts'
import { printMs } from './print-text.ts'

/** The clauses of a probe that looks, where they differ from what is usual. */
export function printLooks({ timeoutMs, window, retries, everySeconds, authorities }: PulledProbe) {
  return {
    before: [
      ...(timeoutMs === PROBE_LIMITS.timeoutMs.usual ? [] : [`timeout ${printMs(timeoutMs)}`]),
      ...(window === undefined ? [] : [printWindow(window)]),
    ],
    after: [
      ...(retries === undefined ? [] : [`retries ${retries}`]),
      ...(everySeconds === undefined ? [] : [`every ${printMs(everySeconds * 1000)}`]),
      ...(authorities === undefined ? [] : [`ca $\{${authorities}}`]),
    ],
  }
}

function printWindow({ need, samples, everySeconds, maxFailures, maxInconclusive }: Window): string {
  const failures = maxFailures === 0 ? '' : ` failures ${maxFailures}`
  const unclear = maxInconclusive === samples - need ? '' : ` inconclusive ${maxInconclusive}`
  return `window ${need} of ${samples} every ${printMs(everySeconds * 1000)}${failures}${unclear}`
}
