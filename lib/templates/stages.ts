import type { Stage } from '#lib/shared/codes.ts'

const GO =
  '(?:deploy|deploys|deployment|deployments|deploying|release|releases|launch|go live|golive|cut over|cutover)'
const ROLLBACK = wholeWords('rollback|rollbacks|roll back|rolling back|backout|back out|revert|reverting')
const VERIFY = wholeWords(`post ${GO}|postdeployment|after|smoke`)
const PREPARE = wholeWords(`(?:pre|before|prior to)(?: the| a| each| every)? ${GO}|predeployment`)
const DEPLOY = wholeWords(GO)
const PREPARE_WORDS = wholeWords('security|performance|communication|communications')

/** Words end at spaces here, not at `\b`, which takes an accented letter for a gap. */
function wholeWords(pattern: string): RegExp {
  return new RegExp(`(?<![^ ])(?:${pattern})(?![^ ])`)
}

/**
 * The stage that a heading names by whole words, whatever its case and decoration, or null where it names none. The
 * order is the product's: rollback, then verify, then deploy, then prepare; "pre-deployment" is no deployment.
 */
export function stageOfHeading(title: string): Stage | null {
  const words = wordsOf(title)
  if (ROLLBACK.test(words)) return 'rollback'
  if (VERIFY.test(words)) return 'verify'
  if (PREPARE.test(words)) return 'prepare'
  if (DEPLOY.test(words)) return 'deploy'
  return PREPARE_WORDS.test(words) ? 'prepare' : null
}

/** Lower-case words joined by single spaces; emoji, punctuation and marks of Markdown are gaps between words. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
}
