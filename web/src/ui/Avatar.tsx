import { Bot, User } from "lucide-react";
import { Icon } from "./Icon";

export interface AvatarProps {
  /** Circle, rounded square, dashed square with a bot, dashed square with a person. */
  kind: "patient" | "staff" | "system" | "none";
  initials?: string;
  size?: "xs" | "sm" | "lg";
  online?: boolean;
}

/** Shape says who: never a photo. Hidden from readers, the name stands beside it. */
export function Avatar({ kind, initials, size, online }: AvatarProps) {
  const classes = ["avatar", kind !== "patient" && `avatar--${kind}`, size && `avatar--${size}`].filter(Boolean);
  return (
    <span className={classes.join(" ")} aria-hidden="true">
      {kind === "system" ? <Icon icon={Bot} size="sm" /> : kind === "none" ? <Icon icon={User} /> : initials}
      {online && <span className="avatar__dot" />}
    </span>
  );
}
