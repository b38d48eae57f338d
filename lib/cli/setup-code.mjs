import { randomInt } from 'node:crypto'

// Without the letters and digits that are mistaken for each other when read aloud or typed from a console.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The one-time code of the first visit: COUNTERSIGN_SETUP_CODE, else a new XXXX-XXXX for this start. */
export function setupCode(env = process.env) {
  if (env.COUNTERSIGN_SETUP_CODE) return env.COUNTERSIGN_SETUP_CODE
  const four = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${four()}-${four()}`
}
