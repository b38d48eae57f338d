export type StreamEvent = { name: string; data: string }

/** One field of an event may not grow without end. */
const LONGEST = 262_144

/** Reads text/event-stream piece by piece (HTML, 9.2.6): gives the events that each piece completes. */
export function eventReader(): (text: string) => StreamEvent[] {
  let rest = ''
  let isFirst = true
  let endedWithCr = false
  let name = ''
  let data: string[] = []

  const ofLine = (line: string): StreamEvent[] => {
    if (line === '') {
      const event = { name: name === '' ? 'message' : name, data: data.join('\n') }
      const isEvent = data.length > 0
      name = ''
      data = []
      // An event without data is none.
      return isEvent ? [event] : []
    }
    const at = line.indexOf(':')
    const field = at === -1 ? line : line.slice(0, at)
    const value = at === -1 ? '' : line.slice(at + 1).replace(/^ /, '')
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    return []
  }

  return (piece) => {
    let text = rest + piece
    if (isFirst && text !== '') {
      text = text.replace(/^\ufeff/, '')
      isFirst = false
    }
    // CR LF may come in two pieces.
    if (endedWithCr && text.startsWith('\n')) text = text.slice(1)
    endedWithCr = text.endsWith('\r')
    const lines = text.split(/\r\n|\r|\n/)
    rest = (lines.pop() ?? '').slice(0, LONGEST)
    return lines.flatMap(ofLine)
  }
}
