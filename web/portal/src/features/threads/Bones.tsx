import { Bone, Skeleton } from "@/ui/Skeleton";

/** Two cards in the shape of what comes. */
export function CardBones({ label }: { label: string }) {
  return (
    <Skeleton label={label}>
      <div className="convs">
        {[0, 1].map((card) => (
          <div className="conv conv--bones" key={card}>
            <Bone className="w-[34%] h-3.5" />
            <Bone className="w-[58%] h-5" />
            <Bone className="w-[92%] h-4" />
            <Bone className="w-[70%] h-4" />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}

/** A heading and two messages in the shape of what comes. */
export function TalkBones({ label }: { label: string }) {
  return (
    <Skeleton label={label}>
      <div className="stack">
        <Bone className="w-[58%] h-8" />
        <Bone className="w-[34%] h-4" />
        <Bone className="w-[70%] h-24 ml-auto" />
        <Bone className="w-[80%] h-24" />
      </div>
    </Skeleton>
  );
}
