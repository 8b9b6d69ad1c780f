package limbeck.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Public and protected members of public types have a comment; overrides inherit theirs. */
final class PublicDocsRule {
  private PublicDocsRule() {}

  static SourceRule rule() {
    return new SourceRule(
        "public docs",
        f -> f.isMain() && !f.module().equals("bench") ? undocumented(f) : List.of());
  }

  private static List<SourceRule.Violation> undocumented(SourceFile file) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, d -> {}, List.of("-proc:none"), null, List.of(source(file)));
    List<SourceRule.Violation> found = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        new Finder(unit, DocTrees.instance(task), found).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static SimpleJavaFileObject source(SourceFile file) {
    URI uri = URI.create("string:///" + file.path());
    return new SimpleJavaFileObject(uri, SimpleJavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return file.text();
      }
    };
  }

  /** Walks from type to type; private and package-private types are not entered. */
  private static final class Finder extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final List<SourceRule.Violation> found;

    Finder(CompilationUnitTree unit, DocTrees docs, List<SourceRule.Violation> found) {
      this.unit = unit;
      this.docs = docs;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (isPublic(type.getModifiers())) {
        check(type.getSimpleName().toString());
        return super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean generated = docs.getSourcePositions().getStartPosition(unit, method) < 0;
      if (!generated && isPublic(method.getModifiers()) && !isOverride(method.getModifiers())) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (isPublic(field.getModifiers()) && !isRecordComponent(field)) {
        check(field.getName().toString());
      }
      return null;
    }

    private void check(String name) {
      TreePath path = getCurrentPath();
      if (docs.getDocComment(path) == null) {
        long at = docs.getSourcePositions().getStartPosition(unit, path.getLeaf());
        int line = (int) unit.getLineMap().getLineNumber(at);
        String message = name + " has no comment; say in a sentence what it is";
        found.add(new SourceRule.Violation(line, message));
      }
    }

    private boolean isPublic(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      if (flags.contains(Modifier.PRIVATE)) {
        return false;
      }
      return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED) || inInterface();
    }

    private boolean inInterface() {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return parent.getKind() == Tree.Kind.INTERFACE
          || parent.getKind() == Tree.Kind.ANNOTATION_TYPE;
    }

    private boolean isRecordComponent(VariableTree field) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return parent.getKind() == Tree.Kind.RECORD
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static boolean isOverride(ModifiersTree modifiers) {
      return modifiers.getAnnotations().stream()
          .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    }
  }
}
