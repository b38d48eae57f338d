import type { Grade, Stage } from '#lib/shared/codes.ts'
import { isKey, KEY_MAX_LENGTH } from './identity.ts'
import { type Parsed, problem, splitWords, type Word, type Wrong } from './setting-words.ts'

/** What `<!-- item: … -->` may set; absent means that the annotation says nothing about it. */
export type ItemSettings = {
  role?: string
  grade?: Exclude<Grade, 'unproven'>
  stage?: Stage
  required?: boolean
  shelfLifeSeconds?: number
  /** Seconds after "Deployed" from which on the item can be done. */
  dueOffsetSeconds?: number
  needsNote?: boolean
  tags?: string[]
  id?: string
}

export const SETTABLE_GRADES = ['claimed', 'witnessed', 'observed'] as const
export const SETTABLE_STAGES = ['prepare', 'deploy', 'verify', 'rollback'] as const
export const TIME_UNITS = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 } as const
export const ROLE_MAX_LENGTH = 60
const TAG_MAX_LENGTH = 60
const DAYS_30 = 30 * 86_400

type Setting = {
  /** What one sets, for "is set twice": `optional` and `required` are one question. */
  about: string
  set: (settings: ItemSettings, word: Word & { value: string }) => Wrong | null
}

const flag = (about: string, set: (settings: ItemSettings) => void): Setting => ({
  about,
  set: (settings) => {
    set(settings)
    return null
  },
})

/** Every setting by its keyword, in the order in which `fmt` writes them; docs/annotations.md is held to this table. */
export const SETTINGS: Readonly<Record<string, Setting & { takes: 'value' | 'nothing' }>> = {
  role: {
    takes: 'value',
    about: 'role',
    set: (settings, { value, valueOffset }) => {
      if (value.length > ROLE_MAX_LENGTH)
        return at(valueOffset, `a role has at most ${ROLE_MAX_LENGTH} characters`, null)
      settings.role = value.trim()
      return null
    },
  },
  grade: {
    takes: 'value',
    about: 'grade',
    set: (settings, { value, valueOffset }) => {
      const grade = SETTABLE_GRADES.find((known) => known === value)
      if (grade === undefined) return at(valueOffset, `expected a grade: ${SETTABLE_GRADES.join(', ')}`, null)
      settings.grade = grade
      return null
    },
  },
  stage: {
    takes: 'value',
    about: 'stage',
    set: (settings, { value, valueOffset }) => {
      const stage = SETTABLE_STAGES.find((known) => known === value)
      if (stage === undefined) return at(valueOffset, `expected a stage: ${SETTABLE_STAGES.join(', ')}`, null)
      settings.stage = stage
      return null
    },
  },
  required: {
    takes: 'nothing',
    ...flag('required', (settings) => {
      settings.required = true
    }),
  },
  optional: {
    takes: 'nothing',
    ...flag('required', (settings) => {
      settings.required = false
    }),
  },
  note: {
    takes: 'nothing',
    ...flag('note', (settings) => {
      settings.needsNote = true
    }),
  },
  shelf: {
    takes: 'value',
    about: 'shelf',
    set: (settings, word) => {
      const seconds = secondsOf(word, {
        least: 30,
        fix: 'write shelf=24h',
        what: 'evidence may stay fresh for 30s to 30d',
      })
      if (typeof seconds !== 'number') return seconds
      settings.shelfLifeSeconds = seconds
      return null
    },
  },
  soak: {
    takes: 'value',
    about: 'soak',
    set: (settings, word) => {
      const seconds = secondsOf(word, {
        least: 60,
        fix: 'write soak=1h',
        what: 'an item may wait 1m to 30d after the deployment',
      })
      if (typeof seconds !== 'number') return seconds
      settings.dueOffsetSeconds = seconds
      return null
    },
  },
  tags: {
    takes: 'value',
    about: 'tags',
    set: (settings, { value, valueOffset }) => {
      const tags = value.split(',').map((tag) => tag.trim())
      if (tags.some((tag) => tag === '' || tag.length > TAG_MAX_LENGTH))
        return at(valueOffset, 'expected tags joined by commas, none of them empty', 'write tags=CC8.1,CC7.2')
      settings.tags = [...new Set(tags)]
      return null
    },
  },
  id: {
    takes: 'value',
    about: 'id',
    set: (settings, { value, valueOffset }) => {
      if (!isKey(value))
        return at(
          valueOffset,
          `an id has 1 to ${KEY_MAX_LENGTH} letters, digits, dots, hyphens or underscores, with a letter or digit at both ends`,
          null,
        )
      settings.id = value
      return null
    },
  },
}

const KNOWN = Object.entries(SETTINGS)
  .map(([name, { takes }]) => (takes === 'value' ? `${name}=` : name))
  .join(', ')

/** Reads the body of an `item:` annotation, such as `role=DevOps grade=witnessed optional shelf=24h soak=1h`. */
export function parseItemSettings(body: string): Parsed<ItemSettings> {
  const words = splitWords(body, KNOWN)
  if (!words.ok) return words
  if (words.value.length === 0) return problem(at(0, `expected one of ${KNOWN}`, null))
  const settings: ItemSettings = {}
  const seen = new Set<string>()
  for (const word of words.value) {
    const wrong = setOne(settings, word, seen)
    if (wrong !== null) return problem(wrong)
  }
  const { dueOffsetSeconds, stage } = settings
  const soak = words.value.find(({ name }) => name === 'soak')
  if (soak !== undefined && dueOffsetSeconds !== undefined && stage !== undefined && stage !== 'verify')
    return problem(
      at(
        soak.offset,
        `"soak" counts from the deployment, so it cannot stand beside stage=${stage}`,
        'write stage=verify or leave stage= out',
      ),
    )
  return { ok: true, value: settings }
}

/** Reads the body of a `stage:` annotation: one stage's name. */
export function parseStageName(body: string): Parsed<Stage> {
  const name = body.trim()
  const stage = SETTABLE_STAGES.find((known) => known === name.toLowerCase())
  if (stage !== undefined) return { ok: true, value: stage }
  return problem(at(body.search(/\S|$/), `expected a stage: ${SETTABLE_STAGES.join(', ')}`, null))
}

function setOne(settings: ItemSettings, word: Word, seen: Set<string>): Wrong | null {
  const { name, value, offset } = word
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined
  if (setting === undefined)
    return at(offset, `"${name}" is no setting of an item; expected one of ${KNOWN}`, null)
  if (seen.has(setting.about)) return at(offset, `"${setting.about}" is set twice`, 'keep one of them')
  seen.add(setting.about)
  if (setting.takes === 'nothing')
    return value === null
      ? setting.set(settings, { ...word, value: '' })
      : at(offset, `"${name}" takes no value`, `write ${name}`)
  if (value === null || value.trim() === '') return at(offset, `"${name}" needs a value`, `write ${name}=…`)
  return setting.set(settings, { ...word, value })
}

function secondsOf(
  { value, valueOffset }: Word & { value: string },
  { least, fix, what }: { least: number; fix: string; what: string },
): number | Wrong {
  const match = /^(\d{1,9})(s|min|m|h|d)$/.exec(value)
  const unit = match?.[2] as keyof typeof TIME_UNITS | undefined
  if (match === null || unit === undefined)
    return at(valueOffset, 'expected a time such as 90s, 15m, 24h or 7d', fix)
  const seconds = Number(match[1]) * TIME_UNITS[unit]
  return seconds < least || seconds > DAYS_30 ? at(valueOffset, what, fix) : seconds
}

function at(offset: number, message: string, fix: string | null): Wrong {
  return { offset, message, fix }
}
