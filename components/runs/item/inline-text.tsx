import { Fragment } from 'react'
import { Code } from '#components/ui/code.tsx'

/** An item's text with its `code` set as code. */
export function InlineText({ text }: { text: string }) {
  return text.split(/(`[^`]+`)/).map((part, place) => {
    const key = `${place} ${part}`
    return part.startsWith('`') && part.length > 2 ? (
      <Code key={key}>{part.slice(1, -1)}</Code>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    )
  })
}
