export type BlockStep = {
  title: string
  commands: string
  /** Lines of the fence's content, the first being 0. */
  firstLine: number
  lastLine: number
}

const SHELLS =
  /^(?:bash|sh|shell|zsh|fish|ksh|console|terminal|shell-?session|powershell|pwsh|ps1|cmd|bat|batch|dos)$/i
const OPENERS = /(?:^|[;&|]\s*)(?:if|for|while|until|case|select)\b/g
const CLOSERS = /(?:^|[;&|]\s*)(?:fi|done|esac)\b/g
const TITLE_MAX_LENGTH = 160

/**
 * True for a fence of commands: by its language or, without one, when every command line begins with a prompt.
 */
export function isCommandFence({ lang, content }: { lang: string | null; content: string }): boolean {
  if (lang !== null && lang !== '') return SHELLS.test(lang.replace(/^[{.]+|[}]+$/g, ''))
  const lines = content.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => /^\s*\$ \S/.test(line))
}

/**
 * The steps of a fence: paragraphs of commands, each with its leading comment as title. A blank line inside a
 * here-document, a quoted text, a loop, a function or a continued line parts nothing.
 */
export function splitSteps(content: string): BlockStep[] {
  const steps: BlockStep[] = []
  let paragraph: { line: number; text: string }[] = []
  let state = createShellState()
  const close = () => {
    const step = toStep(paragraph)
    if (step !== null) {
      steps.push(step)
      paragraph = []
    }
    state = createShellState()
  }
  content.split(/\r\n|\n|\r/).forEach((text, line) => {
    if (text.trim() === '' && !state.isOpen()) {
      close()
      return
    }
    paragraph.push({ line, text })
    state.read(text)
  })
  close()
  return steps
}

/** A paragraph of nothing but comments is no step: it is kept to stand above the next one. */
function toStep(paragraph: { line: number; text: string }[]): BlockStep | null {
  const first = paragraph.findIndex(({ text }) => text.trim() !== '' && !isComment(text))
  if (first === -1) return null
  const commands = paragraph.slice(first)
  while (commands.at(-1)?.text.trim() === '') commands.pop()
  const comment = paragraph
    .slice(0, first)
    .map(({ text }) => text.trim().replace(/^(?:#+|::|rem\b)\s*/i, ''))
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
    .join(' ')
  const lines = withoutPrompts(commands.map(({ text }) => text))
  const title = comment === '' ? (lines[0]?.trim() ?? '') : comment
  return {
    title: title.length > TITLE_MAX_LENGTH ? `${title.slice(0, TITLE_MAX_LENGTH - 1).trimEnd()}…` : title,
    commands: lines.join('\n'),
    firstLine: paragraph[0]?.line ?? 0,
    lastLine: commands.at(-1)?.line ?? 0,
  }
}

/** Prompts and boxes are not part of what is copied; a transcript that mixes commands and output stays as written. */
function withoutPrompts(lines: string[]): string[] {
  const prompt = /^\s*\$ /
  const bare = lines.map((line) => line.replace(/^\s*[-*+] \[[ xX]\] /, ''))
  return bare.every((line) => prompt.test(line)) ? bare.map((line) => line.replace(prompt, '')) : bare
}

function isComment(line: string): boolean {
  return /^\s*(?:#|::|rem\s)/i.test(line)
}

/** Just enough of a shell's grammar to know that a command goes on behind a blank line. */
function createShellState(): { isOpen: () => boolean; read: (line: string) => void } {
  let hereDocument: string | null = null
  let quote: '"' | "'" | null = null
  let blocks = 0
  let continued = false
  return {
    isOpen: () => hereDocument !== null || quote !== null || blocks > 0 || continued,
    read: (line) => {
      if (hereDocument !== null) {
        if (line.trim() === hereDocument) hereDocument = null
        return
      }
      if (quote === null && isComment(line)) return
      const wasQuoted = quote !== null
      quote = quoteAfter(line, quote)
      continued = /\\$|(?:\||&&)\s*$/.test(line)
      if (wasQuoted || quote !== null) return
      hereDocument = /(?<!<)<<(?!<)-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2] ?? null
      const code = line.replace(/"[^"]*"|'[^']*'|#.*$/g, '').trim()
      blocks += (code.match(OPENERS) ?? []).length - (code.match(CLOSERS) ?? []).length
      blocks += (code.match(/\{(?=\s|$)/g) ?? []).length - (code.match(/(?:^|\s)\}/g) ?? []).length
      blocks = Math.max(0, blocks)
    },
  }
}

function quoteAfter(line: string, before: '"' | "'" | null): '"' | "'" | null {
  let quote = before
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index)
    if (character === '\\' && quote !== "'") index++
    else if (quote === null && character === '#' && /^$|\s/.test(line.charAt(index - 1))) return null
    else if (character === quote) quote = null
    else if (quote === null && (character === '"' || character === "'")) quote = character
  }
  return quote
}
