import type { Stage } from '#lib/shared/codes.ts'
import {
  DEPLOY,
  DEPLOY_JOINED,
  PREPARE,
  PREPARE_JOINED,
  PREPARE_WORDS,
  ROLLBACK,
  ROLLBACK_JOINED,
  VERIFY,
  VERIFY_JOINED,
} from './stage-words.ts'

/** The order is the product's: rollback, then verify, then deploy, then prepare; "pre-deployment" is no deployment. */
const ORDER: [Stage, RegExp[]][] = [
  ['rollback', [ROLLBACK, ROLLBACK_JOINED]],
  ['verify', [VERIFY, VERIFY_JOINED]],
  ['prepare', [PREPARE, PREPARE_JOINED]],
  ['deploy', [DEPLOY, DEPLOY_JOINED]],
  ['prepare', [PREPARE_WORDS]],
]

/** The stage that a heading names by whole words, whatever its case and decoration, or null where it names none. */
export function stageOfHeading(title: string): Stage | null {
  const words = wordsOf(title)
  return ORDER.find(([, patterns]) => patterns.some((pattern) => pattern.test(words)))?.[0] ?? null
}

/** Lower-case words joined by single spaces; emoji, punctuation and marks of Markdown are gaps between words. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
}
