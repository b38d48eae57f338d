/** What is asked of a value of JSON: the steps of the paths, as a tree. */
type Asked = { path: string; steps: Map<string, Asked> }
type Container = {
  /** What is asked of what is in it; null where nothing is. */
  asked: Asked | null
  isObject: boolean
  seen: Set<string>
  /** Of a list: the place of the entry; of an object: whether its next text is a name. */
  index: number
  isName: boolean
  /** Of the value that comes next. */
  next: Asked | null
}

/**
 * Which of the paths, or of what they lead through, stand twice in a text that is JSON: readers do not agree on which one counts (RFC 8259,
 * 4), and JSON.parse tells of the last alone.
 */
export function doubledNames(text: string, paths: readonly string[]): ReadonlySet<string> {
  const doubled = new Set<string>()
  const open: Container[] = []
  let within: Container | undefined
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '{' || sign === '[') {
      const asked = within === undefined ? askedOf(paths) : within.next
      const isObject = sign === '{'
      within = { asked, isObject, seen: new Set(), index: 0, isName: isObject, next: null }
      if (!isObject) within.next = asked?.steps.get('0') ?? null
      open.push(within)
    } else if (sign === '}' || sign === ']') {
      open.pop()
      within = open.at(-1)
    } else if (sign === '"') {
      const end = endOfText(text, at)
      if (within?.isName) named(within, { text: text.slice(at, end + 1), doubled })
      at = end
    } else if (sign === ',' && within !== undefined) {
      if (within.isObject) within.isName = true
      else within.next = within.asked?.steps.get(String(++within.index)) ?? null
    }
  }
  return doubled
}

function named(within: Container, { text, doubled }: { text: string; doubled: Set<string> }): void {
  within.isName = false
  if (within.asked === null) return
  const name: unknown = text.includes('\\') ? JSON.parse(text) : text.slice(1, -1)
  within.next = within.asked.steps.get(String(name)) ?? null
  if (within.next === null) return
  if (within.seen.has(within.next.path)) doubled.add(within.next.path)
  within.seen.add(within.next.path)
}

function askedOf(paths: readonly string[]): Asked {
  const root: Asked = { path: '', steps: new Map() }
  for (const path of paths) {
    let asked = root
    for (const step of path.split('.')) {
      const found = asked.steps.get(step) ?? {
        path: asked === root ? step : `${asked.path}.${step}`,
        steps: new Map(),
      }
      asked.steps.set(step, found)
      asked = found
    }
  }
  return root
}

/** Where the quote is that ends the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  let end = start
  let escapes = 0
  do {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
    for (escapes = 0; text.charAt(end - 1 - escapes) === '\\'; escapes++);
  } while (escapes % 2 === 1)
  return end
}
