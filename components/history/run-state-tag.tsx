import { Tag, type TagTone } from '#components/ui/tag.tsx'
import type { RunState } from '#lib/shared/codes.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'

const TONES: Record<RunState, TagTone> = {
  preparing: 'accent',
  deploying: 'accent',
  verifying: 'accent',
  closed: 'go',
  rolling_back: 'no',
  rolled_back: 'warn',
  aborted: 'neutral',
}

export function RunStateTag({ state }: { state: RunState }) {
  return <Tag tone={TONES[state]}>{RUN_STATE_WORDS[state]}</Tag>
}
