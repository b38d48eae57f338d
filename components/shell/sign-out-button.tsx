'use client'
import { useFormStatus } from 'react-dom'

/** The last line of the account menu: the submit button of the sign-out form, or a button with `onClick`. */
export function SignOutButton({ onClick }: { onClick?: () => void }) {
  const { pending } = useFormStatus()
  return (
    <button
      type={onClick ? 'button' : 'submit'}
      onClick={onClick}
      aria-disabled={pending || undefined}
      className="flex min-h-8 w-full items-center rounded-md px-2.5 text-left hover:bg-hair pointer-coarse:min-h-11"
    >
      {pending ? 'Signing out…' : 'Sign out'}
    </button>
  )
}
