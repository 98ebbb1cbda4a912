import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Asks before what hurts. @returns whether the user wants it. */
export function confirm(question: string, verb: string): Promise<boolean> {
  const place = document.createElement("div");
  document.body.append(place);
  return new Promise((resolve) => {
    const answer = (wanted: boolean) => {
      render(null, place);
      place.remove();
      resolve(wanted);
    };
    render(<Question question={question} verb={verb} answer={answer} />, place);
  });
}

interface QuestionProps {
  readonly question: string;
  readonly verb: string;
  answer(wanted: boolean): void;
}

function Question({ question, verb, answer }: QuestionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="question" onCancel={() => answer(false)}>
      <p id="question">{question}</p>
      <div class="buttons">
        <button type="button" onClick={() => answer(false)}>
          Cancel
        </button>
        <button type="button" class="danger" onClick={() => answer(true)}>
          {verb}
        </button>
      </div>
    </dialog>
  );
}
