import type { ProbeJudge } from './judged.ts'
import { httpJudge } from './judges/http.ts'
import type { Look } from './observation.ts'

const JUDGES = { http: httpJudge } as const satisfies Record<Look['kind'], ProbeJudge>

export function judgeOf(kind: Look['kind']): ProbeJudge {
  return JUDGES[kind]
}
