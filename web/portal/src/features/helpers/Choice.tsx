export interface ChoiceProps<Id extends string> {
  legend: string;
  name: string;
  value: Id;
  options: readonly Id[];
  onChange: (id: Id) => void;
  /** The option's words, and what they mean. */
  words: (id: Id) => [name: string, hint?: string];
}

/** One of a few, each as a large card. */
export function Choice<Id extends string>({ legend, name, value, options, onChange, words }: ChoiceProps<Id>) {
  return (
    <fieldset>
      <legend className="field__label legend">{legend}</legend>
      <div className="choices">
        {options.map((id) => {
          const [label, hint] = words(id);
          return (
            <label className="choice choice--plain" key={id}>
              <span><b>{label}</b>{hint && <small>{hint}</small>}</span>
              <input className="visually-hidden" type="radio" name={name} checked={value === id} onChange={() => onChange(id)} />
              <span className="radio" aria-hidden="true" />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
