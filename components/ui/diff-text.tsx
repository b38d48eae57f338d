export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string }

/** A change inside a text. Removed is struck through, added is underlined, and both are said. */
export function DiffText({ parts }: { parts: readonly DiffPart[] }) {
  let at = 0
  return parts.map((part) => {
    const key = `${at} ${part.kind}`
    at += part.text.length
    if (part.kind === 'removed') {
      return (
        <del key={key} className="text-no">
          <span className="sr-only">removed: </span>
          {part.text}
        </del>
      )
    }
    if (part.kind === 'added') {
      return (
        <ins key={key} className="text-go underline decoration-1 underline-offset-2">
          <span className="sr-only">added: </span>
          {part.text}
        </ins>
      )
    }
    return <span key={key}>{part.text}</span>
  })
}
