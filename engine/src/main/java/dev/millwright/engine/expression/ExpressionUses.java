package dev.millwright.engine.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/// Finds what an expression takes out of a variable: `steps.build.outcome` uses `build` of `steps`,
/// and so does `steps['build'].outcome`. What `has(...)` asks about need not be there.
final class ExpressionUses {
    private final List<Expressions.Use> found = new ArrayList<>();

    private ExpressionUses() {}

    static List<Expressions.Use> of(CelAbstractSyntaxTree tree) {
        ExpressionUses uses = new ExpressionUses();
        uses.walk(tree.getExpr());
        return List.copyOf(uses.found);
    }

    private void walk(CelExpr expression) {
        switch (expression.getKind()) {
            case SELECT -> select(expression.select());
            case CALL -> call(expression.call());
            case LIST -> expression.list().elements().forEach(this::walk);
            case MAP ->
                    expression
                            .map()
                            .entries()
                            .forEach(entry -> {
                                walk(entry.key());
                                walk(entry.value());
                            });
            case STRUCT -> expression.struct().entries().forEach(entry -> walk(entry.value()));
            case COMPREHENSION -> comprehension(expression.comprehension());
            case CONSTANT, IDENT, NOT_SET -> {}
        }
    }

    private void select(CelExpr.CelSelect select) {
        if (!select.testOnly()) {
            note(select.operand(), select.field());
        }
        walk(select.operand());
    }

    private void call(CelExpr.CelCall call) {
        if (call.function().equals("_[_]")
                && call.args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && call.args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            note(call.args().get(0), call.args().get(1).constant().stringValue());
        }
        call.target().ifPresent(this::walk);
        call.args().forEach(this::walk);
    }

    private void comprehension(CelExpr.CelComprehension loop) {
        walk(loop.iterRange());
        walk(loop.accuInit());
        walk(loop.loopCondition());
        walk(loop.loopStep());
        walk(loop.result());
    }

    private void note(CelExpr of, String name) {
        if (of.getKind() == CelExpr.ExprKind.Kind.IDENT) {
            found.add(new Expressions.Use(of.ident().name(), name));
        }
    }
}
