import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass, isSolid } from './button-style.ts'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  /** The work runs: width and focus stay, a second press does nothing. */
  pending?: boolean | undefined
  /** A key that does the same, shown beside the label. */
  kbd?: string | undefined
  icon?: ReactNode
  square?: boolean | undefined
}

export function Button({
  variant,
  size,
  pending,
  kbd,
  icon,
  square,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={kbd ? shortcut(kbd) : undefined}
      {...rest}
      onClick={pending ? refuse : onClick}
      aria-busy={pending || undefined}
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      className={buttonClass({ variant, size, pending, square, className })}
    >
      <span
        className={cx(
          'inline-flex items-center gap-1.5',
          pending && 'opacity-0 transition-opacity delay-200 duration-75',
        )}
      >
        {icon}
        {children}
        {kbd ? (
          <span aria-hidden="true">
            <Kbd solid={isSolid(variant)}>{kbd}</Kbd>
          </span>
        ) : null}
      </span>
      {pending ? (
        <span className="appear-late absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      ) : null}
    </button>
  )
}

/** `shift R` as written on the button becomes `Shift+R` as WAI-ARIA spells it. */
function shortcut(kbd: string): string {
  return kbd
    .split(' ')
    .map((key) => (key.length > 1 ? key.charAt(0).toUpperCase() + key.slice(1) : key))
    .join('+')
}

function refuse(event: MouseEvent) {
  event.preventDefault()
}
