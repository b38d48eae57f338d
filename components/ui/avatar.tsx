import { cx } from './cx.ts'

const hues = [
  'bg-accent-bg text-accent',
  'bg-go-bg text-go',
  'bg-warn-bg text-warn',
  'bg-hair text-soft',
] as const

const sizes = { sm: 'size-5 text-[0.5625rem]', md: 'size-6 text-[0.625rem]', lg: 'size-7 text-2xs' } as const

/** First letters of the first and the last word; a single word gives its first two letters. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '?')]
  const last = words.length > 1 ? [...(words.at(-1) ?? '')] : first.slice(1)
  return `${first[0] ?? '?'}${last[0] ?? ''}`.toLocaleUpperCase('en')
}

/** The same name always has the same colour. */
function hueOf(name: string): string {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return hues[sum % hues.length] ?? hues[0]
}

/** Two letters in a circle. Decorative: put the name beside it or in a label around it. */
export function Avatar({
  name,
  size = 'md',
  className,
}: {
  name: string
  size?: 'sm' | 'md' | 'lg'
  className?: string
}) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-full font-bold select-none',
        sizes[size],
        hueOf(name),
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}
