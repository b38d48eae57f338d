'use client'
import { useEffect, useRef } from 'react'
import { fieldId } from './field-ids.ts'

type Props = {
  refusal: { message: string; fields?: Readonly<Record<string, string>> | undefined } | null | undefined
  /** Words for field names, shown before each message. */
  labels?: Readonly<Record<string, string>>
  className?: string
}

/** The summary above a form: takes the focus when a refusal arrives and links to each field at fault. */
export function FormErrors({ refusal, labels = {}, className }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal) box.current?.focus()
  }, [refusal])
  if (!refusal) return null
  const fields = Object.entries(refusal.fields ?? {})
  const [first] = fields
  // One field whose words are the whole refusal is said once.
  const only = fields.length === 1 && first?.[1] === refusal.message ? first[0] : null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className={`rounded-xl border border-no bg-no-bg px-4 py-3 text-ink ${className ?? ''}`}
    >
      <p className="m-0 font-strong text-no">
        {only === null ? (
          refusal.message
        ) : (
          <a href={`#${fieldId(only)}`} className="underline underline-offset-2">
            {refusal.message}
          </a>
        )}
      </p>
      {only === null && fields.length > 0 ? (
        <ul className="mt-1 list-disc pl-4.5">
          {fields.map(([name, message]) => (
            <li key={name}>
              <a href={`#${fieldId(name)}`} className="underline underline-offset-2">
                {labels[name] ? `${labels[name]}: ${message}` : message}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
