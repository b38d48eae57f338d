import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass, isSolid } from './button-style.ts'
import { Kbd } from './kbd.tsx'

type Props = Omit<ComponentProps<typeof Link>, 'className'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  kbd?: string
  icon?: ReactNode
  className?: string
}

export function LinkButton({ variant, size, kbd, icon, className, children, ...rest }: Props) {
  return (
    <Link {...rest} className={buttonClass({ variant, size, className })}>
      {icon}
      {children}
      {kbd ? (
        <span aria-hidden="true">
          <Kbd solid={isSolid(variant)}>{kbd}</Kbd>
        </span>
      ) : null}
    </Link>
  )
}
