import { GRPC_CODES } from '../grpc-health.ts'
import { implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { GrpcProbe } from '../kinds/grpc.ts'
import type { GrpcObservation } from '../observations/grpc.ts'

/** Codes by which the server says that the service is not there or not to be had. */
const BAD: readonly (number | null)[] = [4, 5, 8, 13, 14]

/** How soon a server says that it does not serve proves nothing: that it serves goes without saying. */
export const grpcJudge: ProbeJudge<GrpcProbe, GrpcObservation> = {
  asksTarget: true,
  conditions({ conditions }, { answer, phases }) {
    const saysServing = conditions.some(({ on, level }) => on === 'serving' && level === 'expect')
    const is = serving(answer)
    const judged = conditions.map((check) => judgeCheck(check, check.on === 'time' ? totalTime(phases) : is))
    return saysServing ? judged : [implied({ text: 'serving', wanted: 'serving', ...is }), ...judged]
  },
}

function serving(answer: GrpcObservation['answer']): { observed: string; value: boolean | null } {
  if (answer === null) return { observed: 'no answer', value: null }
  const { http, status, said, serving: is } = answer
  if (status === null) return { observed: `no gRPC status, HTTP ${http}`, value: null }
  if (status !== 0) {
    const observed = `${GRPC_CODES[status] ?? `status ${status}`}${said === '' ? '' : `: ${said}`}`
    return { observed, value: BAD.includes(status) ? false : null }
  }
  if (is === 'SERVING' || is === 'NOT_SERVING') return { observed: is, value: is === 'SERVING' }
  return { observed: is ?? 'not a health answer', value: null }
}
