import type { PulledProbe, Window } from './base-probe.ts'
import { PROBE_LIMITS } from './limits.ts'
import { printMs } from './print-text.ts'

/** The clauses of a probe that looks, where they differ from what is usual. */
export function printLooks(probe: PulledProbe) {
  const { timeoutMs, window, retries, everySeconds, authorities, client, sni } = probe
  return {
    before: [
      ...(timeoutMs === PROBE_LIMITS.timeoutMs.usual ? [] : [`timeout ${printMs(timeoutMs)}`]),
      ...(window === undefined ? [] : [printWindow(window)]),
    ],
    after: [
      ...(retries === undefined ? [] : [`retries ${retries}`]),
      ...(everySeconds === undefined ? [] : [`every ${printMs(everySeconds * 1000)}`]),
      ...(authorities === undefined ? [] : [`ca $\{${authorities}}`]),
      ...(client === undefined ? [] : [`client-cert $\{${client.certificate}} key $\{${client.key}}`]),
      ...(sni === undefined ? [] : [`sni ${sni}`]),
    ],
  }
}

function printWindow({ need, samples, everySeconds, maxFailures, maxInconclusive }: Window): string {
  const failures = maxFailures === 0 ? '' : ` failures ${maxFailures}`
  const unclear = maxInconclusive === samples - need ? '' : ` inconclusive ${maxInconclusive}`
  return `window ${need} of ${samples} every ${printMs(everySeconds * 1000)}${failures}${unclear}`
}
