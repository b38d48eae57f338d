import { cx } from './cx.ts'

export type ButtonVariant = 'plain' | 'primary' | 'danger' | 'quiet'
export type ButtonSize = 'sm' | 'md' | 'lg'

const base =
  'group/button relative inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-lg border text-center no-underline select-none transition-colors no-print pointer-coarse:min-h-10'

const variants: Record<ButtonVariant, string> = {
  plain: 'border-line bg-paper text-ink hover:bg-hair active:bg-line',
  primary:
    'border-accent bg-accent text-on-accent font-strong hover:border-[color-mix(in_oklab,var(--accent),var(--ink)_14%)] hover:bg-[color-mix(in_oklab,var(--accent),var(--ink)_14%)]',
  danger:
    'border-no bg-no text-on-solid font-strong hover:border-[color-mix(in_oklab,var(--no),var(--ink)_14%)] hover:bg-[color-mix(in_oklab,var(--no),var(--ink)_14%)]',
  quiet: 'border-transparent bg-transparent text-soft hover:bg-hair hover:text-ink',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'min-h-6 text-xs',
  md: 'min-h-8 text-base',
  lg: 'min-h-10 text-lg',
}

const paddings: Record<ButtonSize, string> = { sm: 'px-2', md: 'px-3', lg: 'px-4.5' }
const squares: Record<ButtonSize, string> = { sm: 'w-6', md: 'w-8', lg: 'w-10' }

const off =
  'disabled:bg-hair disabled:border-line disabled:text-faint aria-disabled:bg-hair aria-disabled:border-line aria-disabled:text-faint'

/** Filled with a colour: what lies on it takes the text's colour. */
export function isSolid(variant: ButtonVariant | undefined): boolean {
  return variant === 'primary' || variant === 'danger'
}

/** The classes of everything that looks like a button, links included. A pending button keeps its colours. */
export function buttonClass({
  variant = 'plain',
  size = 'md',
  pending = false,
  square = false,
  className,
}: {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  pending?: boolean | undefined
  /** Holds an icon alone. */
  square?: boolean | undefined
  className?: string | undefined
}): string {
  return cx(
    base,
    variants[variant],
    sizes[size],
    square ? cx(squares[size], 'pointer-coarse:w-10') : paddings[size],
    !pending && off,
    className,
  )
}
