import { useState } from "react";
import { noDate, type WrittenDate } from "../../frame/birthDates";
import { AskCode } from "./AskCode";
import { EnterCode } from "./EnterCode";

/** What somebody says to be known by. */
export interface Said {
  email: string;
  birthDate: WrittenDate;
}

/** Opens an account by oneself: who one is, then the code from the mail and a password. */
export function OpenAccount() {
  const [said, setSaid] = useState<Said>({ email: "", birthDate: noDate });
  const [token, setToken] = useState<string | null>(null);
  const [ended, setEnded] = useState(false);
  return token === null ? (
    <AskCode
      said={said} onSay={setSaid} ended={ended}
      onAsked={(begun) => {
        setEnded(false);
        setToken(begun);
      }}
    />
  ) : (
    <EnterCode
      said={said} token={token} onAgain={() => setToken(null)} onToken={setToken}
      onEnded={() => {
        setEnded(true);
        setToken(null);
      }}
    />
  );
}
