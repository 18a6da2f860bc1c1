package dev.afterbay.consumer.catalog;

import org.antlr.runtime.RecognitionException;
import org.antlr.runtime.TokenRewriteStream;
import org.antlr.runtime.tree.CommonTree;
import org.apache.hadoop.hive.ql.parse.HiveLexer;
import org.apache.hadoop.hive.ql.parse.ParseDriver;

/** The parser of Hive, whose dialect Athena's DDL is; backticks quote names, as is the default. */
final class HiveParser {
  private HiveParser() {}

  /** The statement as Hive understands it. */
  static String parse(String statement) {
    HiveLexer lexer = new Lexer(statement);
    org.apache.hadoop.hive.ql.parse.HiveParser parser =
        new org.apache.hadoop.hive.ql.parse.HiveParser(new TokenRewriteStream(lexer));
    parser.setTreeAdaptor(ParseDriver.adaptor);
    try {
      CommonTree tree = (CommonTree) parser.statement().getTree();
      if (lexer.getNumberOfSyntaxErrors() + parser.getNumberOfSyntaxErrors() > 0) {
        throw new AssertionError("Hive does not understand\n" + statement);
      }
      return tree.toStringTree();
    } catch (RecognitionException e) {
      throw new AssertionError(e + " in\n" + statement, e);
    }
  }

  private static final class Lexer extends HiveLexer {
    Lexer(String statement) {
      super(new ParseDriver().new ANTLRNoCaseStringStream(statement));
    }

    @Override
    protected boolean allowQuotedId() {
      return true;
    }
  }
}
