package dev.afterbay.local.aws;

/** The engine as clients know it: with the region of AWS in every name. */
final class Regional implements Operation {
  private final Operation engine;

  Regional(Operation engine) {
    this.engine = engine;
  }

  @Override
  public Answer answer(Call call) {
    Answer answer = engine.answer(call.withBody(ArnRegion.inward(call.body())));
    boolean records = answer.succeeded() && call.operation().equals("GetRecords");
    byte[] body =
        records ? ArnRegion.outwardRecords(answer.body()) : ArnRegion.outward(answer.body());
    return new Answer(answer.status(), body);
  }
}
